import Testing

@testable import RuralValueFormats

/// Sizes of drawings, and what is put right in the files of other programs.
@Suite struct PictureFileTests {
  private static let svg =
    "<svg xmlns=\"x\" width=\"768\" height=\"384\" viewBox=\"0 0 768 384\"><rect width=\"1\"/></svg>"

  @Test func `85 mm at 300 dots an inch are 1004 pixels`() throws {
    let size = try #require(DrawingSize(Self.svg))
    let pixels = size.pixels(ofWidth: 85, dotsPerInch: 300)
    #expect(pixels.width == 1004 && pixels.height == 502)
    // 768 pixels of 96 an inch are eight inches.
    #expect(abs(size.millimetres - 203.2) < 1e-9)
    #expect(
      size.resized(Self.svg, width: 85)
        == "<svg xmlns=\"x\" width=\"85.0mm\" height=\"42.5mm\" viewBox=\"0 0 768 384\"><rect width=\"1\"/></svg>"
    )
  }

  @Test(arguments: [
    "", "<svg>", "<svg width=\"100%\" height=\"1\">", "<svg width=\"0\" height=\"1\">", "<svg width=\"1\"",
  ])
  func `a drawing without a size has none`(svg: String) {
    #expect(DrawingSize(svg) == nil)
  }

  /// A picture of one grey pixel, written by zlib and Python's struct, with a size in metres.
  private static func picture(withSize: Bool) -> [UInt8] {
    let size: [UInt8] = [
      0, 0, 0, 9, 0x70, 0x48, 0x59, 0x73, 0, 0, 0x0B, 0x13, 0, 0, 0x0B, 0x13, 1, 0x00, 0x9A, 0x9C, 0x18,
    ]
    return [
      0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0, 0, 0, 13, 0x49, 0x48, 0x44, 0x52, 0, 0, 0, 1, 0, 0,
      0, 1, 8, 0,
      0, 0, 0, 0x3A, 0x7E, 0x9B, 0x55,
    ] + (withSize ? size : [])
      + [
        0, 0, 0, 10, 0x49, 0x44, 0x41, 0x54, 0x78, 0xDA, 0x63, 0x68, 0x00, 0x00, 0x00, 0x82, 0x00, 0x81, 0xDA,
        0x45,
        0x08, 0x3B, 0, 0, 0, 0, 0x49, 0x45, 0x4E, 0x44, 0xAE, 0x42, 0x60, 0x82,
      ]
  }

  @Test(arguments: [true, false])
  func `a PNG says how many pixels an inch it has, once`(withSize: Bool) throws {
    let picture = try #require(PNGPicture(Self.picture(withSize: withSize)))
    #expect(picture.width == 1 && picture.height == 1)
    let bytes = picture.bytes(dotsPerInch: 300)
    // 300 / 0.0254 = 11811 = 0x2E23 a metre; the checksum is Python's zlib.crc32.
    let chunk: [UInt8] = [
      0, 0, 0, 9, 0x70, 0x48, 0x59, 0x73, 0, 0, 0x2E, 0x23, 0, 0, 0x2E, 0x23, 1, 0x78, 0xA5, 0x3F, 0x76,
    ]
    #expect(Array(bytes[33..<54]) == chunk)
    #expect(bytes.count == Self.picture(withSize: false).count + 21)
    #expect(PNGPicture(bytes)?.bytes(dotsPerInch: 300) == bytes)
  }

  @Test func `what is no PNG and no PDF is none`() {
    #expect(PNGPicture(Array("<svg>".utf8)) == nil)
    #expect(PNGPicture(Array(Self.picture(withSize: true).dropLast(3))) == nil)
    #expect(PDFPicture.dateless(Array("<svg>".utf8)) == nil)
  }

  @Test func `dates of a PDF are those of every other, and nothing moves`() {
    let old = "%PDF-1.5 << /CreationDate (D:20261127140351+00'00') /ModDate (20261127140351) /X (20261127) >>"
    let new = "%PDF-1.5 << /CreationDate (D:19800101000000+00'00') /ModDate (19800101000000) /X (20261127) >>"
    #expect(PDFPicture.dateless(Array(old.utf8)) == Array(new.utf8))
    #expect(PDFPicture.dateless(Array("%PDF-1.5 /CreationDate".utf8)) == Array("%PDF-1.5 /CreationDate".utf8))
  }
}
