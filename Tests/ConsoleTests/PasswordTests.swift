import Passwords
import Testing

/// RFC 7914 §12, the third vector: P "pleaseletmein", S "SodiumChloride", N 16384, r 8, p 1.
private let rfcVector =
    "scrypt:n=16384,r=8,p=1:U29kaXVtQ2hsb3JpZGU:"
    + "cCO9yzr9c0hGHAbNgf046_2o-7qQT44-qbVD9lRdofLVQylVYT8Pz2LUlwUkKpr55h6F3A1lHkDfzwF7RVdYhw"

struct PasswordTests {
    @Test("a hash verifies its password, as RFC 7914 has it, and no other")
    func vector() throws {
        let hash = try #require(PasswordHash(text: rfcVector))
        #expect(hash.verifies("pleaseletmein"))
        #expect(!hash.verifies("pleaseletmeiN") && !hash.verifies(""))
        #expect(hash.description == rfcVector)
    }

    @Test("two hashes of one password differ, and each says how it was made")
    func salted() throws {
        let cost = PasswordHash.Cost(rounds: 1 << 10, blockSize: 8, parallelism: 1)
        let one = try PasswordHash(of: "维修师傅的密码很长", cost: cost)
        let other = try PasswordHash(of: "维修师傅的密码很长", cost: cost)
        #expect(one != other && one.cost == cost)
        #expect(PasswordHash(text: one.description) == one)
        #expect(one.verifies("维修师傅的密码很长") && !PasswordHash.nobodys.verifies(""))
        // Composed or not, it is the same word (NFKC).
        #expect(try PasswordHash(of: "caf\u{e9} Ａ long", cost: cost).verifies("cafe\u{301} A long"))
    }

    @Test("what is too long to be made normal is no password, and costs no more than another")
    func tooLong() throws {
        let cost = PasswordHash.Cost(rounds: 1 << 10, blockSize: 8, parallelism: 1)
        // One character, of so many marks that putting them in order takes minutes.
        let marks = "a" + String(repeating: "\u{301}\u{323}", count: 60_000)
        #expect(marks.count == 1)
        #expect(throws: PasswordHash.TooLong.self) { _ = try PasswordHash(of: marks, cost: cost) }
        let empty = try PasswordHash(of: "", cost: cost)
        #expect(!empty.verifies(marks))
        #expect(PasswordRules.fault(of: marks, login: "zhao.lei") == .length)
        #expect(!PasswordHash.areSame(marks, marks) && PasswordHash.areSame("caf\u{e9} Ａ", "cafe\u{301} A"))
    }

    @Test(
        "what is no hash, or would have us work for its sender, is refused",
        arguments: [
            "", "pleaseletmein", rfcVector + "x$", rfcVector.replacing("n=16384", with: "n=16383"),
            rfcVector.replacing("n=16384", with: "n=4194304"), rfcVector.replacing("p=1", with: "p=99"),
            rfcVector.replacing("r=8", with: "r=0"), rfcVector.replacing(":U29k", with: ":!!!!"),
        ])
    func refused(_ text: String) { #expect(PasswordHash(text: text) == nil) }

    @Test(
        "short passwords, the commonest and the login are refused; others are not",
        arguments: [
            ("ninechars", .length), (String(repeating: "ab", count: 65), .length), ("1q2w3e4r5t", .common),
            ("password123!", .common), ("Woaini1314", .common), ("aaaaaaaaaaaa", .common), ("abcdefghijkl", .common),
            ("0987654321", .common), ("zhao.lei2026", .likeLogin), ("x-ZHAO.LEI-x", .likeLogin),
            ("kettle seven moth", nil), ("修好空调再喝一杯茶水", nil), ("hR8-kk2-Tq", nil),
        ] as [(String, PasswordRules.Fault?)])
    func rules(_ password: String, _ fault: PasswordRules.Fault?) {
        #expect(PasswordRules.fault(of: password, login: "zhao.lei@example.com") == fault)
    }
}
