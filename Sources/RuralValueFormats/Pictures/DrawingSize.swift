/// How large one of this program's own drawings is, and the same drawing in another size.
public struct DrawingSize: Sendable, Equatable {
  /// The width as the drawing states it, in pixels of which an inch has 96.
  public let width: Double
  /// The height, likewise.
  public let height: Double

  private static let pixelsOfInch = 96.0
  private static let millimetresOfInch = 25.4

  /// The size that the first tag of an SVG states; nil where it states none in pixels.
  public init?(_ svg: String) {
    guard let start = svg.firstRange(of: "<svg"), let end = svg[start.upperBound...].firstIndex(of: ">")
    else {
      return nil
    }
    let tag = svg[start.upperBound..<end]
    guard let width = Self.number(" width=\"", in: tag), let height = Self.number(" height=\"", in: tag)
    else {
      return nil
    }
    (self.width, self.height) = (width, height)
  }

  /// The width in millimetres at 96 pixels an inch.
  public var millimetres: Double { width / Self.pixelsOfInch * Self.millimetresOfInch }

  /// The height in millimetres of a drawing that is so wide.
  public func height(ofWidth millimetres: Double) -> Double { millimetres * height / width }

  /// The pixels of a picture that is so many millimetres wide.
  public func pixels(ofWidth millimetres: Double, dotsPerInch: Int) -> (width: Int, height: Int) {
    func count(_ length: Double) -> Int {
      max(1, Int((length / Self.millimetresOfInch * Double(dotsPerInch)).rounded()))
    }
    return (count(millimetres), count(height(ofWidth: millimetres)))
  }

  /// The drawing with its size in millimetres.
  public func resized(_ svg: String, width millimetres: Double) -> String {
    guard let start = svg.firstRange(of: "<svg"), let end = svg[start.upperBound...].firstIndex(of: ">")
    else {
      return svg
    }
    var tag = svg[start.upperBound..<end]
    for (name, length) in [("width", millimetres), ("height", height(ofWidth: millimetres))] {
      guard let value = Self.value(" \(name)=\"", in: tag) else { continue }
      tag = Substring(tag.replacingCharacters(value, with: "\(length)mm"))
    }
    return String(svg[..<start.upperBound]) + tag + svg[end...]
  }

  private static func number(_ name: String, in tag: Substring) -> Double? {
    value(name, in: tag).flatMap { Double(tag[$0]) }.flatMap { $0 > 0 && $0.isFinite ? $0 : nil }
  }

  private static func value(_ name: String, in tag: Substring) -> Range<Substring.Index>? {
    guard let start = tag.firstRange(of: name)?.upperBound, let end = tag[start...].firstIndex(of: "\"")
    else {
      return nil
    }
    return start..<end
  }
}

extension Substring {
  fileprivate func replacingCharacters(_ range: Range<Index>, with text: String) -> String {
    String(self[..<range.lowerBound]) + text + String(self[range.upperBound...])
  }
}
