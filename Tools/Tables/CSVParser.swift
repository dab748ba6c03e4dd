/// Reads comma-separated values after RFC 4180 as they arrive: fields may be quoted, and a quoted field may hold commas,
/// line breaks and doubled quotes. Lines end with LF or CRLF; a byte order mark is skipped. Empty lines are left out.
public struct CSVParser {
    /// One row.
    public struct Row: Sendable, Equatable {
        /// The line on which it begins, the first being 1.
        public let line: Int
        public let fields: [String]

        public init(line: Int, fields: [String]) {
            self.line = line
            self.fields = fields
        }
    }

    /// The text ended inside a quoted field of the row that begins on this line.
    public struct UnclosedQuote: Error, Equatable {
        public let line: Int

        public init(line: Int) { self.line = line }
    }

    private enum Place { case fieldStart, plain, quoted, afterQuote }

    private var place = Place.fieldStart
    private var field: [UInt8] = []
    private var fields: [String] = []
    private var line = 1
    private var rowLine = 1
    private var isAtLineStart = true
    private var lastWasCarriageReturn = false
    private var bytesSeen = 0
    private var mark: [UInt8] = []

    public init() {}

    /// Takes the next bytes of UTF-8 and answers the rows that they complete.
    public mutating func feed(_ bytes: [UInt8]) -> [Row] {
        var rows: [Row] = []
        for byte in bytes {
            if bytesSeen < 3 {
                bytesSeen += 1
                mark.append(byte)
                if Self.byteOrderMark.starts(with: mark) {
                    if bytesSeen == 3 { mark = [] }
                    continue
                }
                for held in mark { take(held, &rows) }
                mark = []
                bytesSeen = 3
                continue
            }
            take(byte, &rows)
        }
        return rows
    }

    /// The last row, when no line end stands behind it.
    public mutating func finish() throws(UnclosedQuote) -> [Row] {
        var rows: [Row] = []
        for held in mark { take(held, &rows) }
        mark = []
        if place == .quoted { throw UnclosedQuote(line: rowLine) }
        if !isAtLineStart { endRow(&rows) }
        return rows
    }

    private static let byteOrderMark: [UInt8] = [0xef, 0xbb, 0xbf]
    private static let quote = UInt8(ascii: "\"")
    private static let comma = UInt8(ascii: ",")
    private static let newline = UInt8(ascii: "\n")
    private static let carriageReturn = UInt8(ascii: "\r")

    private mutating func take(_ byte: UInt8, _ rows: inout [Row]) {
        let followsReturn = lastWasCarriageReturn
        lastWasCarriageReturn = byte == Self.carriageReturn
        if byte == Self.newline && !followsReturn || byte == Self.carriageReturn { line += 1 }
        if place == .quoted {
            if byte == Self.quote { place = .afterQuote } else { field.append(byte) }
            return
        }
        switch byte {
        case Self.quote where place == .fieldStart:
            place = .quoted
            isAtLineStart = false
        case Self.quote where place == .afterQuote:
            place = .quoted
            field.append(byte)
        case Self.comma:
            endField()
            isAtLineStart = false
        case Self.newline where followsReturn && isAtLineStart:
            rowLine = line
        case Self.newline, Self.carriageReturn:
            endRow(&rows)
        default:
            // What stands behind a closing quote belongs to the field too, as most readers have it.
            place = .plain
            isAtLineStart = false
            field.append(byte)
        }
    }

    private mutating func endField() {
        fields.append(String(decoding: field, as: UTF8.self))
        field.removeAll(keepingCapacity: true)
        place = .fieldStart
    }

    private mutating func endRow(_ rows: inout [Row]) {
        if !isAtLineStart {
            endField()
            if fields != [""] { rows.append(Row(line: rowLine, fields: fields)) }
        }
        fields = []
        isAtLineStart = true
        place = .fieldStart
        rowLine = line
    }
}

extension CSVParser {
    /// All rows of a text.
    public static func rows(_ text: String) throws(UnclosedQuote) -> [Row] {
        var parser = CSVParser()
        let rows = parser.feed(Array(text.utf8))
        return rows + (try parser.finish())
    }
}
