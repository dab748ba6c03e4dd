/// Goes through the bytes of a JSON document.
struct JSONScan {
    private let bytes: [UInt8]
    private var index = 0

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    /// Whether nothing but space is left.
    var isAtEnd: Bool {
        mutating get { next() == nil }
    }

    /// The value of one member of the outermost object, read by `read`, and where it stands. Nil where there is no such member, or a second
    /// one, and where `read` knows none.
    mutating func member<Value>(
        _ name: String, _ read: (inout JSONScan) -> Value?
    ) -> (value: Value, range: Range<Int>)? {
        var found: (value: Value, range: Range<Int>)?
        guard take("{") else { return nil }
        repeat {
            guard let key = text(), take(":"), next() != nil else { return nil }
            if key.elementsEqual(name.utf8) {
                let begin = index
                guard found == nil, let value = read(&self) else { return nil }
                found = (value, begin..<index)
            } else {
                skipValue()
            }
        } while take(",")
        return take("}") ? found : nil
    }

    /// Rows of whole numbers.
    mutating func table() -> TravelTable? {
        var table = TravelTable()
        let isRead = list { scan in
            let isRow = scan.list { $0.number().map { table.append($0) } != nil }
            table.endRow()
            return isRow
        }
        return isRead ? table : nil
    }

    /// Goes behind a list, as long as `element` goes behind each element of it; whether it is behind.
    private mutating func list(_ element: (inout JSONScan) -> Bool) -> Bool {
        guard take("[") else { return false }
        if take("]") { return true }
        repeat {
            guard element(&self) else { return false }
        } while take(",")
        return take("]")
    }

    /// A whole number of at most nine digits; nil for any other.
    private mutating func number() -> Int32? {
        guard next() != nil else { return nil }
        let begin = index
        var value: Int32 = 0
        while index < bytes.count, case let digit = bytes[index] &- UInt8(ascii: "0"), digit < 10 {
            guard index - begin < 9 else { return nil }
            value = value &* 10 &+ Int32(digit)
            index += 1
        }
        let hasLeadingZero = index - begin > 1 && bytes[begin] == UInt8(ascii: "0")
        return index == begin || hasLeadingZero ? nil : value
    }

    /// What stands between quotation marks, as it is written.
    private mutating func text() -> ArraySlice<UInt8>? {
        guard take("\"") else { return nil }
        let begin = index
        while index < bytes.count, bytes[index] != UInt8(ascii: "\"") {
            index += bytes[index] == UInt8(ascii: "\\") ? 2 : 1
        }
        guard index < bytes.count else { return nil }
        index += 1
        return bytes[begin..<index - 1]
    }

    /// Goes on to the comma or the bracket behind a value, whatever that is.
    private mutating func skipValue() {
        var depth = 0
        while let byte = next() {
            switch byte {
            case UInt8(ascii: "\""):
                if text() == nil { return }
                continue
            case UInt8(ascii: "["), UInt8(ascii: "{"): depth += 1
            case UInt8(ascii: "]"), UInt8(ascii: "}"):
                if depth == 0 { return }
                depth -= 1
            case UInt8(ascii: ",") where depth == 0: return
            default: break
            }
            index += 1
        }
    }

    /// Whether this byte is next; then it is behind.
    private mutating func take(_ byte: Unicode.Scalar) -> Bool {
        guard next() == UInt8(ascii: byte) else { return false }
        index += 1
        return true
    }

    /// The next byte that is no space.
    private mutating func next() -> UInt8? {
        while index < bytes.count {
            switch bytes[index] {
            case UInt8(ascii: " "), UInt8(ascii: "\n"), UInt8(ascii: "\r"), UInt8(ascii: "\t"): index += 1
            default: return bytes[index]
            }
        }
        return nil
    }
}
