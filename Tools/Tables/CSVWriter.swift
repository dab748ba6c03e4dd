/// Writes rows as comma-separated values after RFC 4180, in UTF-8.
public enum CSVWriter {
    /// Spreadsheets take a file for UTF-8 when it begins with this.
    public static let byteOrderMark = "\u{feff}"

    /// One line with its CRLF; fields are quoted where they must be.
    public static func line(_ fields: [String]) -> String {
        fields.map(field).joined(separator: ",") + "\r\n"
    }

    private static func field(_ text: String) -> String {
        guard text.utf8.contains(where: { special.contains($0) }) else { return text }
        return "\"" + text.replacing("\"", with: "\"\"") + "\""
    }

    private static let special: Set<UInt8> = [
        UInt8(ascii: ","), UInt8(ascii: "\""), UInt8(ascii: "\n"), UInt8(ascii: "\r"),
    ]
}
