import RuralValue

/// What a reader of shapefiles found out or left out, in words.
struct ShapefileNotes {
  private let source: String
  private(set) var notes: [Phrase] = []

  init(source: String) {
    self.source = source
  }

  // MARK: - Attributes

  mutating func add(encodingOf texts: AttributeTexts, isGiven: Bool) {
    let (encoding, declared) = (texts.texts.encoding, texts.declared)
    guard !isGiven, let example = texts.texts.example.map({ String(texts.texts.text($0).prefix(20)) }),
      encoding != declared
    else { return }
    let name = encoding == .gb18030 ? "GB18030 (GBK)" : encoding.name
    if let declared {
      add(
        "the files declare \(declared.name), but the texts are \(name), as in \"\(example)\", and are read so; a"
          + " .cpg file with another name says otherwise",
        zh: "文件声明的编码为 \(declared.name)，但文本实为 \(name)，如“\(example)”，按后者读取；可在 .cpg 文件中另行指定")
    } else if encoding != .utf8 {
      add(
        "no .cpg file says how the texts are encoded, and they are not UTF-8; read as \(name), as in \"\(example)\"; a"
          + " .cpg file beside it says otherwise",
        zh: "没有 .cpg 文件注明文本编码，且不是 UTF-8；按 \(name) 读取，如“\(example)”；可另建 .cpg 文件指定")
    }
  }

  mutating func add(cut: (count: Int, record: Int, field: String)?) {
    guard let cut else { return }
    add(
      "\(cut.count) text\(cut.count == 1 ? "" : "s") fill\(cut.count == 1 ? "s its" : " their") field and ended within a"
        + " character, which is left out; the first is record \(cut.record), field \"\(cut.field)\"",
      zh: "有 \(cut.count) 个文本占满字段并在字符中间被截断，残缺的字符已略去；首例为第 \(cut.record) 条记录的字段“\(cut.field)”")
  }

  mutating func add(deleted count: Int, of table: AttributeTable) {
    guard count > 0 else { return }
    let numbers = (0..<table.recordCount).lazy.filter(table.isDeleted).prefix(10).map { "\($0 + 1)" }
    let list = numbers.joined(separator: ", ") + (count > 10 ? ", …" : "")
    add(
      "record\(count == 1 ? "" : "s") \(list) \(count == 1 ? "is" : "are") marked as deleted and left out",
      zh: "第 \(list) 条记录带有删除标记，已略去")
  }

  mutating func add(odd count: Int, field: String, record: Int, found: String) {
    add(
      "field \"\(field)\": \(count) cell\(count == 1 ? "" : "s") hold\(count == 1 ? "s" : "") what its type does not allow"
        + " and \(count == 1 ? "is" : "are") taken as missing; the first is \"\(found)\" in record \(record)",
      zh: "字段“\(field)”有 \(count) 个单元格的内容与字段类型不符，按缺失处理；首例为第 \(record) 条记录的“\(found)”")
  }

  mutating func add(absent count: Int) {
    guard count > 0 else { return }
    add(
      "\(count) text\(count == 1 ? " is" : "s are") \"None\", as Python writes what is not there, and taken as missing",
      zh: "有 \(count) 个文本为“None”（Python 写入的空值），按缺失处理")
  }

  mutating func add(markers: [(marker: String, count: Int)]) {
    var words = CSVNotes(source: source)
    words.add(markers: markers)
    notes += words.terms
  }

  // MARK: - Shapes

  mutating func add(wrongLength length: Int?, bytes: Int) {
    guard let length else { return }
    add(
      "the header says \(length) bytes and the file has \(bytes); it was read to its end",
      zh: "文件头注明 \(length) 字节，实有 \(bytes) 字节；已读至文件末尾")
  }

  /// Features, by position, whose outlines run the wrong way round.
  mutating func add(turned features: [Int]) {
    guard !features.isEmpty else { return }
    let list =
      features.prefix(5).map { "\($0 + 1)" }.joined(separator: ", ") + (features.count > 5 ? ", …" : "")
    add(
      "the outlines of \(features.count) feature\(features.count == 1 ? "" : "s") run counter-clockwise, against the"
        + " format (\(list)); which rings are holes was told by what lies inside what",
      zh: "有 \(features.count) 个要素的外环为逆时针方向，与格式规定相反（\(list)）；孔洞按包含关系判定")
  }

  mutating func add(reference: ProjectionText?, isGeographic: Bool, expected: String) {
    guard let reference else {
      add(
        isGeographic
          ? "no coordinate system is declared (\(expected)); the coordinates lie within ±180 and ±90 and are taken as"
            + " longitudes and latitudes"
          : "no coordinate system is declared (\(expected)), and the coordinates are no degrees: a plane of unknown unit",
        zh: isGeographic
          ? "未声明坐标系（缺 \(expected)）；坐标在 ±180 与 ±90 以内，按经纬度处理"
          : "未声明坐标系（缺 \(expected)），且坐标不是经纬度：按单位未知的平面坐标处理")
      return
    }
    switch reference.reference {
    case .projected(let name, let metres):
      add(
        "the coordinate system is \(name), a plane whose unit is \(RoundTripNumber.text(metres)) m",
        zh: "坐标系为 \(name)（平面坐标，单位为 \(RoundTripNumber.text(metres)) 米）")
    case .webMercator(let name):
      add(
        "the coordinate system is \(name), the plane of web maps, whose lengths and areas are stretched: distances are"
          + " taken from longitudes and latitudes",
        zh: "坐标系为 \(name)（网络地图的墨卡托平面），其长度与面积失真；距离换算回经纬度后计算")
    case .unknown(let name):
      add(
        "the coordinate system is \(name), of which nothing more is known; coordinates are taken as they are",
        zh: "坐标系为 \(name)，程序对其一无所知；坐标按原值使用")
    case .undeclared:
      add(
        "\(expected) cannot be read and is passed over", zh: "\(expected) 无法识别，已忽略")
    case .geographic: break
    }
    if let datum = reference.oldDatum {
      add(
        "its datum is \(datum); places lie up to about 100 m from those of WGS 84 and CGCS2000",
        zh: "其大地基准为 \(datum)，与 WGS 84、CGCS2000 的位置最多相差约 100 米")
    }
  }

  private mutating func add(_ english: String, zh chinese: String) {
    notes.append(Phrase("\(source): \(english).", zh: "\(source)：\(chinese)。"))
  }
}
