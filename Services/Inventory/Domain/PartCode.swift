/// What a part's code may look like.
enum PartCode {
    static let expected = "1 to 64 characters without control characters, not beginning or ending with a space"

    static func isValid(_ code: String) -> Bool {
        (1...64).contains(code.count) && code.first != " " && code.last != " "
            && code.unicodeScalars.allSatisfy { $0.value >= 0x20 && $0.value != 0x7f }
    }
}
