import Crypto
import Foundation
import ServiceKit
import Testing

@testable import Console

struct TokenTests {
    private static let secret = String(repeating: "k", count: 32)
    private let now = Date(timeIntervalSince1970: 1_800_000_000)
    private let keys = SigningKeys([(nil, .hs256(SymmetricKey(data: Data(secret.utf8))))])

    private func principal(_ token: String, _ keys: SigningKeys? = nil) -> Principal? {
        JSONWebToken.principal(token, keys ?? self.keys, at: now)
    }

    private func token(_ roles: [String] = ["agent"], lasting seconds: TimeInterval = 3600) throws -> String {
        try BearerToken.make(for: "li.na", roles: roles, until: now + seconds, secret: Self.secret)
    }

    private func signed(header: String, claims: String, _ sign: (Data) throws -> Data) rethrows -> String {
        let text = Base64URL.encode(Array(header.utf8)) + "." + Base64URL.encode(Array(claims.utf8))
        return text + "." + Base64URL.encode(Array(try sign(Data(text.utf8))))
    }

    @Test("a genuine token says who somebody is; roles that nobody knows are none")
    func genuine() throws {
        #expect(
            principal(try token(["agent", "king", "finance"]))
                == Principal(subject: "li.na", roles: [.agent, .finance]))
    }

    @Test("a token holds until its end, a minute of clocks apart, and not without one")
    func ends() throws {
        #expect(principal(try token(lasting: -59)) != nil)
        #expect(principal(try token(lasting: -61)) == nil)
        let key = SymmetricKey(data: Data(Self.secret.utf8))
        func made(_ claims: String) -> String {
            signed(header: #"{"alg":"HS256"}"#, claims: claims) { text in
                Data(HMAC<SHA256>.authenticationCode(for: text, using: key))
            }
        }
        #expect(principal(made(#"{"sub":"a","roles":[]}"#)) == nil)
        #expect(principal(made(#"{"sub":"a","exp":1800000100,"nbf":1800000090}"#)) == nil)
        #expect(principal(made(#"{"sub":"a","exp":1800000100,"nbf":1800000010}"#)) != nil)
        #expect(principal(made(#"{"exp":1800000100}"#)) == nil)
    }

    @Test("what was changed, signed by another, or not signed at all is nobody's")
    func forged() throws {
        let parts = try token().split(separator: ".").map(String.init)
        let admin = try token(["admin"]).split(separator: ".").map(String.init)
        #expect(principal([parts[0], admin[1], parts[2]].joined(separator: ".")) == nil)
        #expect(
            principal(
                try BearerToken.make(
                    for: "li.na", roles: ["admin"], until: now + 60, secret: String(repeating: "x", count: 32))) == nil)
        let claims = #"{"sub":"a","exp":1900000000,"roles":["admin"]}"#
        #expect(principal(signed(header: #"{"alg":"none"}"#, claims: claims) { _ in Data() }) == nil)
        for rubbish in ["", ".", "..", "a.b.c", String(repeating: "a", count: 9_000), "\(parts[0]).\(parts[1])"] {
            #expect(principal(rubbish) == nil)
        }
    }

    @Test("a public key is no secret: nobody signs with it as if it were one")
    func confused() throws {
        let key = P256.Signing.PrivateKey()
        let keys = SigningKeys([("a", .es256(key.publicKey))])
        let claims = #"{"sub":"a","exp":1900000000,"roles":["agent"]}"#
        let genuine = try signed(header: #"{"alg":"ES256","kid":"a"}"#, claims: claims) {
            try key.signature(for: $0).rawRepresentation
        }
        #expect(principal(genuine, keys)?.roles == [.agent])
        let published = SymmetricKey(data: key.publicKey.rawRepresentation)
        let confused = signed(header: #"{"alg":"HS256","kid":"a"}"#, claims: claims) { text in
            Data(HMAC<SHA256>.authenticationCode(for: text, using: published))
        }
        #expect(principal(confused, keys) == nil)
    }

    @Test("keys of an identity provider are read, and a key set that is none is named")
    func keySet() throws {
        let key = Curve25519.Signing.PrivateKey()
        let x = Base64URL.encode(Array(key.publicKey.rawRepresentation))
        func settings(_ keys: String, _ more: [String: String] = [:]) -> Settings {
            Settings(environment: ["MENDLOOP_JWT_KEYS": keys].merging(more) { $1 })
        }
        let set = #"{"keys":[{"kty":"OKP","crv":"Ed25519","kid":"k1","x":"\#(x)"}]}"#
        let keys = try SigningKeys(settings(set, ["MENDLOOP_JWT_ISSUER": "us", "MENDLOOP_JWT_AUDIENCE": "console"]))
        func made(_ claims: String) throws -> String {
            try signed(header: #"{"alg":"EdDSA","kid":"k1"}"#, claims: claims) { try key.signature(for: $0) }
        }
        let right = #"{"sub":"a","exp":1900000000,"iss":"us","aud":["other","console"]}"#
        #expect(principal(try made(right), keys)?.subject == "a")
        #expect(principal(try made(#"{"sub":"a","exp":1900000000,"iss":"us","aud":"other"}"#), keys) == nil)
        #expect(principal(try made(#"{"sub":"a","exp":1900000000,"iss":"them","aud":"console"}"#), keys) == nil)
        for wrong in ["{}", #"{"keys":[]}"#, #"{"keys":[{"kty":"RSA","n":"x"}]}"#, "rubbish"] {
            let error = #expect(throws: SettingsError.self) { try SigningKeys(settings(wrong)) }
            #expect(error.map { "\($0)" }?.contains("MENDLOOP_JWT_KEYS") == true)
        }
        let missing = #expect(throws: SettingsError.self) { try SigningKeys(Settings(environment: [:])) }
        #expect(missing.map { "\($0)" }?.contains("MENDLOOP_JWT_SECRET") == true)
    }
}
