/// What keeps hostile archives and workbooks harmless: every limit, in one place.
///
/// Each is checked before anything is made of the size that a header promises.
enum ArchiveLimits {
  /// Entries of a zip archive. A workbook has some dozens, one with many pictures some thousands.
  static let entries = 65_536
  /// Bytes of all the entries that are unpacked, and of a gzip archive: 1 GiB.
  static let expandedBytes = 1 << 30
  /// How many times its packed size an entry may have. Sheets have 5 to 20 times, bombs 700 to 1,030; deflate can do
  /// 1,032.
  static let ratio = 200
  /// Up to this size an entry of any ratio is unpacked: 16 MiB.
  static let freeBytes = 16 << 20
  /// The same for a gzip archive of text: a matrix of zeros and ones packs well.
  static let freeTextBytes = 64 << 20
  /// The elements of XML that may stand within each other.
  static let depth = 256
  /// Cells of a sheet's table: its rows with values times its columns with values.
  static let cells = 50_000_000
  /// Bytes of the text in a cell: 32,767 characters, as Excel has them, of up to four bytes.
  static let text = 32_767 * 4
  /// Rows and columns of a sheet, as Excel has them.
  static let (rows, columns) = (1_048_576, 16_384)
}
