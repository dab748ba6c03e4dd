/// What a part's code may look like, wherever one is said: a code that two services write differently is two parts.
public enum PartCode {
    /// For people, in a refusal.
    public static let expected = "1 to 64 characters without control characters, not beginning or ending with a space"

    public static func isValid(_ code: String) -> Bool {
        (1...64).contains(code.count) && code.first?.isWhitespace == false && code.last?.isWhitespace == false
            && code.unicodeScalars.allSatisfy { $0.value >= 0x20 && $0.value != 0x7f }
    }
}
