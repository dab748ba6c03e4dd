internal import CQREncode

/// A QR code: what a text looks like in dark and light squares.
public struct QRCode: Sendable, Equatable {
    /// Squares on a side, without the quiet zone.
    public let side: Int
    private let dark: [Bool]

    /// Nil for a text that is longer than a QR code holds.
    ///
    /// - Parameter text: as UTF-8; a label that is a quarter dirty or torn can still be read (level Q).
    public init?(_ text: String) {
        let bytes = Array(text.utf8)
        guard !bytes.isEmpty, let code = QRcode_encodeData(Int32(bytes.count), bytes, 0, QR_ECLEVEL_Q) else {
            return nil
        }
        defer { QRcode_free(code) }
        side = Int(code.pointee.width)
        // The lowest bit of each byte is the square's colour.
        dark = (0..<side * side).map { code.pointee.data[$0] & 1 == 1 }
    }

    /// - Parameters: from 0, at the top left.
    public func isDark(row: Int, column: Int) -> Bool { dark[row * side + column] }
}
