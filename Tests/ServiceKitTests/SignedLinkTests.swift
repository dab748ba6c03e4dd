import FoundationEssentials
import Testing

@testable import ServiceKit

@Suite("Signed links")
struct SignedLinkTests {
    private let signer = LinkSigner(secret: String(repeating: "k", count: 32))
    private let now = Date(timeIntervalSince1970: 1_795_223_520)
    private var link: SignedLink {
        SignedLink(purpose: "accept-quote", subject: "work-order/01", expires: now.addingTimeInterval(3600))
    }

    @Test("a token says what was signed, in letters that a URL needs not escape")
    func roundTrip() throws {
        let token = signer.token(for: link)
        #expect(try signer.verify(token, for: "accept-quote", at: now) == link)
        #expect(token.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || "-_.".contains($0)) })
    }

    @Test("a token whose time is over is expired, from the very second on")
    func expired() throws {
        let token = signer.token(for: link)
        #expect(throws: Never.self) {
            try signer.verify(token, for: "accept-quote", at: link.expires.addingTimeInterval(-1))
        }
        #expect(throws: SignedLinkError.expired(at: link.expires)) {
            try signer.verify(token, for: "accept-quote", at: link.expires)
        }
    }

    @Test("a token for looking does not allow acting")
    func wrongPurpose() {
        let token = signer.token(for: link)
        #expect(throws: SignedLinkError.wrongPurpose("accept-quote")) {
            try signer.verify(token, for: "refuse-quote", at: now)
        }
    }

    @Test("no letter of a token can be changed, added or taken away")
    func forged() {
        let token = signer.token(for: link)
        for index in token.indices {
            var changed = token
            changed.replaceSubrange(index...index, with: token[index] == "A" ? "B" : "A")
            #expect(throws: SignedLinkError.forged) { try signer.verify(changed, for: "accept-quote", at: now) }
        }
        for other in [
            "", ".", "..", "v1..", token + "A", String(token.dropLast()), token + "=", "v2" + token.dropFirst(2),
        ] {
            #expect(throws: SignedLinkError.forged) { try signer.verify(other, for: "accept-quote", at: now) }
        }
        #expect(throws: SignedLinkError.forged) {
            try signer.verify(String(repeating: "A", count: 100_000), for: "accept-quote", at: now)
        }
    }

    @Test("where purpose ends and subject begins is signed too")
    func boundary() {
        let first = SignedLink(purpose: "a", subject: "bc", expires: now)
        let second = SignedLink(purpose: "ab", subject: "c", expires: now)
        #expect(signer.token(for: first) != signer.token(for: second))
    }

    @Test("another secret's token is forged, unless that secret is still accepted")
    func rotation() throws {
        let new = String(repeating: "n", count: 32)
        let token = signer.token(for: link)
        #expect(throws: SignedLinkError.forged) {
            try LinkSigner(secret: new).verify(token, for: "accept-quote", at: now)
        }
        let rotated = LinkSigner(secret: new, older: [String(repeating: "k", count: 32)])
        #expect(try rotated.verify(token, for: "accept-quote", at: now) == link)
        #expect(rotated.token(for: link) != token)
    }
}
