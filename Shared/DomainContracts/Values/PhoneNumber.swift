/// A telephone number as people write it, read as E.164, with what is dialled after the connection stands.
public struct PhoneNumber: Equatable, Sendable {
    /// `+8613800138000`.
    public let e164: String
    /// Digits; nil where none is said.
    public let `extension`: String?

    /// Reads E.164, `00` prefixes, and Chinese local forms: mobiles (13800138000), landlines with their area code
    /// (010-66550000), 400 and 800 numbers; extensions after `转`, `ext`, `x`, `#`, `,` or a second hyphen. Nil when
    /// the text is no number that could be called.
    public init?(_ text: String) {
        if Self.isBareMobile(text.utf8) {
            e164 = "+86" + text
            self.extension = nil
            return
        }
        guard text.count <= 40 else { return nil }
        let (number, tail) = Self.split(Self.halfWidth(text).lowercased())
        guard let digits = Self.digits(number), let e164 = Self.international(digits) else { return nil }
        if let tail {
            guard !tail.isEmpty, tail.count <= 8, tail.allSatisfy(Self.isDigit) else { return nil }
        }
        self.e164 = e164
        self.extension = tail
    }

    /// 13800138000, as most are written: nothing about it needs a closer look.
    private static func isBareMobile(_ bytes: String.UTF8View) -> Bool {
        guard bytes.count == 11, bytes.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }) else {
            return false
        }
        return bytes.first == UInt8(ascii: "1") && bytes.dropFirst().first.map { $0 >= UInt8(ascii: "3") } == true
    }

    private static func halfWidth(_ text: String) -> String {
        String(
            String.UnicodeScalarView(
                text.unicodeScalars.map { scalar in
                    (0xff01...0xff5e).contains(scalar.value)
                        ? Unicode.Scalar(scalar.value - 0xfee0) ?? scalar : scalar.value == 0x3000 ? " " : scalar
                }))
    }

    private static func split(_ text: String) -> (number: String, tail: String?) {
        for mark in [";ext=", "extension", "ext.", "ext", "转", "轉", "分机", "x", "#", ","] {
            guard let range = text.firstRange(of: mark) else { continue }
            let tail = text[range.upperBound...].filter { !" -:.".contains($0) }
            return (String(text[..<range.lowerBound]), String(tail))
        }
        let groups = text.split(separator: "-", omittingEmptySubsequences: false)
        // 010-66550000-8001: area code, number, extension.
        if groups.count == 3, groups[0].hasPrefix("0"), !groups[0].hasPrefix("00"), groups[1].count >= 7 {
            return (groups[0] + "-" + groups[1], String(groups[2]))
        }
        return (text, nil)
    }

    private static func isDigit(_ character: Character) -> Bool { character.isASCII && character.isNumber }

    /// The digits, with `+` in front where the text had it; nil when there is anything but digits and separators.
    private static func digits(_ text: String) -> String? {
        var result = ""
        for character in text {
            switch character {
            case _ where isDigit(character): result.append(character)
            case "+" where result.isEmpty: result.append(character)
            case " ", "-", "(", ")", ".", "/": continue
            default: return nil
            }
        }
        return result.isEmpty ? nil : result
    }

    private static func international(_ digits: String) -> String? {
        if digits.hasPrefix("+") { return checked(String(digits.dropFirst())) }
        if digits.hasPrefix("00") { return checked(String(digits.dropFirst(2))) }
        if digits.hasPrefix("86"), digits.count >= 12 { return checked(digits) }
        return isChinese(digits) ? "+86" + (digits.hasPrefix("0") ? String(digits.dropFirst()) : digits) : nil
    }

    /// 8 to 15 digits after the plus, the country code not beginning with 0; a Chinese number must be a possible one.
    private static func checked(_ digits: String) -> String? {
        guard (8...15).contains(digits.count), digits.first != "0" else { return nil }
        guard digits.hasPrefix("86") else { return "+" + digits }
        let national = String(digits.dropFirst(2))
        if isChinese(national) { return "+86" + (national.hasPrefix("0") ? String(national.dropFirst()) : national) }
        return isChinese("0" + national) ? "+86" + national : nil
    }

    private static func isChinese(_ digits: String) -> Bool {
        let values = digits.compactMap(\.wholeNumberValue)
        guard values.count >= 3 else { return false }
        if values[0] == 1 { return values.count == 11 && values[1] >= 3 }
        if values[0] == 4 || values[0] == 8 { return values.count == 10 && values[1] == 0 && values[2] == 0 }
        guard values[0] == 0, values[1] != 0 else { return false }
        let areaLength = values[1] == 1 || values[1] == 2 ? 3 : 4
        guard values.count > areaLength, values[areaLength] >= 2 else { return false }
        return (7...8).contains(values.count - areaLength)
    }
}
