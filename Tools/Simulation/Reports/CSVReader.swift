/// Rows of comma-separated values after RFC 4180: fields may be quoted, and a quoted field may hold commas, line breaks and
/// doubled quotes. Lines end with LF or CRLF; a byte order mark is skipped.
struct CSVReader {
    /// The text ended inside a quoted field that began in the row of this number, the first being 1.
    struct UnclosedQuote: Error, Equatable { let row: Int }

    /// All rows. Empty lines are left out.
    static func rows(_ text: String) throws(UnclosedQuote) -> [[String]] {
        var reader = CSVReader(bytes: Array(text.utf8))
        if reader.bytes.starts(with: [0xef, 0xbb, 0xbf]) { reader.position = 3 }
        var rows: [[String]] = []
        while let row = try reader.next() {
            if row != [""] { rows.append(row) }
        }
        return rows
    }

    private let bytes: [UInt8]
    private var position = 0
    private var row = 0

    private init(bytes: [UInt8]) { self.bytes = bytes }

    private mutating func next() throws(UnclosedQuote) -> [String]? {
        guard position < bytes.count else { return nil }
        row += 1
        var fields: [String] = []
        while true {
            fields.append(try field())
            guard position < bytes.count else { return fields }
            let separator = bytes[position]
            position += 1
            if separator == UInt8(ascii: "\r"), position < bytes.count, bytes[position] == UInt8(ascii: "\n") {
                position += 1
            }
            if separator != UInt8(ascii: ",") { return fields }
        }
    }

    /// One field; afterwards the position is at its separator or at the end.
    private mutating func field() throws(UnclosedQuote) -> String {
        var value: [UInt8] = []
        if position < bytes.count, bytes[position] == UInt8(ascii: "\"") {
            position += 1
            while true {
                guard position < bytes.count else { throw UnclosedQuote(row: row) }
                let byte = bytes[position]
                position += 1
                if byte != UInt8(ascii: "\"") {
                    value.append(byte)
                } else if position < bytes.count, bytes[position] == UInt8(ascii: "\"") {
                    value.append(byte)
                    position += 1
                } else {
                    break
                }
            }
        }
        // What stands behind a closing quote belongs to the field too, as most readers have it.
        while position < bytes.count, !Self.separators.contains(bytes[position]) {
            value.append(bytes[position])
            position += 1
        }
        return String(decoding: value, as: UTF8.self)
    }

    private static let separators: [UInt8] = [UInt8(ascii: ","), UInt8(ascii: "\n"), UInt8(ascii: "\r")]
}
