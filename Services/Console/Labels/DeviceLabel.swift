import Foundation
import QRCode

/// What is stuck on a device: a QR code that opens a report about it, and what people read out on the telephone.
struct DeviceLabel: Sendable {
    /// What the QR code says.
    let target: String
    /// From the top, the first one in larger type.
    let lines: [String]

    /// Light squares around a code, as readers need them (ISO/IEC 18004).
    private static let quiet = 4
    /// Of a square, in the drawing's units.
    private static let scale = 4
    private static let lineHeight = 22
    /// Characters of a line that fit beside the code; a wide one counts twice.
    private static let lineWidth = 30

    /// An SVG drawing for printing at any size; nil when the target is longer than a QR code holds.
    var svg: String? {
        guard let code = QRCode(target) else { return nil }
        let height = (code.side + 2 * Self.quiet) * Self.scale
        let width = height + 300
        let texts = lines.enumerated().map { index, line in
            let size = index == 0 ? 20 : 14
            return """
                <text x="\(height + 8)" y="\(Self.quiet * Self.scale + 18 + index * Self.lineHeight)" font-size="\(size)">\
                \(Self.escaped(Self.cut(line)))</text>
                """
        }
        return """
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 \(width) \(height)" width="\(width)" height="\(height)" \
            font-family="sans-serif">
            <rect width="\(width)" height="\(height)" fill="#fff"/>
            <path fill="#000" shape-rendering="crispEdges" d="\(Self.path(of: code))"/>
            \(texts.joined(separator: "\n"))
            </svg>

            """
    }

    /// One rectangle for each run of dark squares in a row.
    private static func path(of code: QRCode) -> String {
        var path = ""
        for row in 0..<code.side {
            var column = 0
            while column < code.side {
                guard code.isDark(row: row, column: column) else {
                    column += 1
                    continue
                }
                let start = column
                while column < code.side, code.isDark(row: row, column: column) { column += 1 }
                let length = (column - start) * scale
                path += "M\((start + quiet) * scale) \((row + quiet) * scale)h\(length)v\(scale)h-\(length)z"
            }
        }
        return path
    }

    private static func cut(_ line: String) -> String {
        var (kept, width) = ("", 0)
        for character in line {
            width += character.unicodeScalars.contains { $0.value >= 0x2e80 } ? 2 : 1
            if width > lineWidth { return kept + "…" }
            kept.append(character)
        }
        return kept
    }

    private static func escaped(_ text: String) -> String {
        text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
    }
}
