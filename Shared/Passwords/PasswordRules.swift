import Foundation

/// What a password may be (NIST SP 800-63B): long enough, and not what everybody tries first. No kinds of characters are asked for,
/// and none end by the calendar.
public enum PasswordRules {
    /// Characters, counted as code points. Below it a guesser who has the hashes is through them; docs/adr/0029 says why not more.
    public static let shortest = 10
    /// Longer ones are sentences, and work for whoever hashes them.
    public static let longest = 128

    /// Why a password is refused; nil when it will do.
    public enum Fault: String, Sendable, Equatable {
        case length
        /// Among the commonest, or made by a rule that guessers know.
        case common
        /// It holds the login, or the login holds it.
        case likeLogin = "like-login"

        /// In words.
        public var detail: String {
            switch self {
            case .length: "expected \(shortest) to \(longest) characters"
            case .common: "is one of those that everybody tries first"
            case .likeLogin: "is too much like the login"
            }
        }
    }

    public static func fault(of password: String, login: String) -> Fault? {
        guard password.utf8.count <= PasswordHash.mostBytes else { return .length }
        let normal = password.precomposedStringWithCompatibilityMapping
        guard (shortest...longest).contains(normal.unicodeScalars.count) else { return .length }
        let folded = normal.lowercased()
        let name = login.lowercased()
        let stem = String(name.prefix { $0 != "@" })
        if folded.contains(name) || name.contains(folded) || (stem.count >= 4 && folded.contains(stem)) {
            return .likeLogin
        }
        return commonest.contains(folded) || isRegular(folded) || isCommonWithDecoration(folded) ? .common : nil
    }

    /// Few different characters, or one step from each to the next: `aaaaaaaaaa`, `1212121212`, `abcdefghij`, `9876543210`.
    private static func isRegular(_ text: String) -> Bool {
        let values = text.unicodeScalars.map { Int($0.value) }
        if Set(values).count < 4 { return true }
        let steps = Set(zip(values, values.dropFirst()).map { $1 - $0 })
        return steps.count == 1 || (steps.isSubset(of: [1, -9]) || steps.isSubset(of: [-1, 9]))
    }

    /// A common word with digits and marks around it: `password123!`, `Admin2026..`.
    private static func isCommonWithDecoration(_ text: String) -> Bool {
        let letters = text.trimmingCharacters(in: CharacterSet.letters.inverted)
        return words.contains(letters)
    }

    private static let words: Set<String> = [
        "password", "passw0rd", "p@ssword", "p@ssw0rd", "qwerty", "qwertyuiop", "asdfghjkl", "zxcvbnm", "admin",
        "administrator", "welcome", "letmein", "iloveyou", "woaini", "mima", "dragon", "monkey", "football", "baseball",
        "master", "sunshine", "princess", "superman", "mendloop", "xiuhuan", "changeme", "secret", "default", "login",
        "guest", "root", "test", "user", "abc", "abcd", "abcdef", "aini", "qazwsx", "qwer", "asdf", "zxcv",
    ]

    /// Of ten characters and more, from lists of what leaked.
    private static let commonest: Set<String> = [
        "1q2w3e4r5t", "1q2w3e4r5t6y", "1qaz2wsx3edc", "1qazxsw23edc", "q1w2e3r4t5", "q1w2e3r4t5y6", "qazwsxedcrfv",
        "qwertyuiop", "qwerty12345", "qwerty123456", "asdfghjkl;", "zaq12wsxcde3", "zxcvbnm123", "1234567890",
        "12345678910", "0123456789", "0987654321", "1234512345", "1234554321", "123456123456", "123123123123",
        "11223344556", "1122334455", "112233445566", "111222333444", "5201314520", "1314520520", "5201314521",
        "woaini1314", "woaini520", "woaini1314520", "woaini5201314", "147258369", "1472583690", "147852369a",
        "159357456852", "741852963", "741852963a", "a123456789", "aa123456789", "123456789a", "123456789q",
        "1234567890a", "1234567890q", "123qweasdzxc", "qweasdzxc123", "qweasd123456", "qwe123456789", "asd123456789",
        "zxc123456789", "abc123456789", "abcd123456", "abcd12345678", "abc1234567890", "a1b2c3d4e5", "a1b2c3d4e5f6",
        "aaaaa11111", "aaa111222333", "1111111111a", "0000000000a", "trustno1trustno1", "correcthorsebatterystaple",
        "iloveyou1314", "password1password", "passwordpassword", "adminadmin", "administrator", "welcome2welcome",
    ]
}
