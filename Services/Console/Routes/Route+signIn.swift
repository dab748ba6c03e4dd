import DomainContracts
import Foundation

/// A login and its password.
public struct SignInRequest: Codable, Sendable, Equatable {
    public var login: String
    public var password: String
}

/// Somebody's own password, and the one that he wants instead: 10 to 128 characters, nothing like the login, none of the commonest.
public struct PasswordChange: Codable, Sendable, Equatable {
    public var login: String
    public var password: String
    public var newPassword: String
}

/// The token with which somebody stays signed in.
public struct RefreshRequest: Codable, Sendable, Equatable {
    public var refreshToken: String
}

/// Somebody is signed in.
public struct SignedIn: Codable, Sendable, Equatable {
    /// For the header `Authorization: Bearer …`.
    public var accessToken: String
    /// `Bearer`
    public var tokenType: String
    /// Seconds for which the access token holds.
    public var expiresIn: Int
    /// For `/v1/sign-in/refresh`, once: its answer has the next.
    public var refreshToken: String
}

/// Nobody is signed in by that token any more.
public struct SignedOut: Codable, Sendable, Equatable {
    public var signedOut: Bool
}

extension Route {
    static func signIn(_ signIn: SignInDesk, _ desk: ServiceDesk) -> [Route] {
        [
            session("/v1/sign-in", SignInRequest.self, SignedIn.self, "sign-in") { asked, call in
                let (signedIn, user) = try await signIn.signIn(asked, call, desk)
                return (signedIn, user.person)
            },
            session("/v1/sign-in/password", PasswordChange.self, SignedIn.self, "sign-in.password") { asked, call in
                let (signedIn, user) = try await signIn.signIn(
                    SignInRequest(login: asked.login, password: asked.password), newPassword: asked.newPassword, call,
                    desk)
                return (signedIn, user.person)
            },
            session("/v1/sign-in/refresh", RefreshRequest.self, SignedIn.self, "sign-in.refresh") { asked, _ in
                let (signedIn, user) = try await signIn.refresh(asked.refreshToken, desk)
                return (signedIn, user.person)
            },
            session("/v1/sign-out", RefreshRequest.self, SignedOut.self, "sign-out") { asked, _ in
                (SignedOut(signedOut: true), try await signIn.signOut(asked.refreshToken, desk))
            },
        ]
    }

    /// - Parameter answer: what is answered, and who it is that was answered.
    private static func session<Asked: Codable & Sendable, Given: Codable & Sendable>(
        _ path: String, _ asked: Asked.Type, _ given: Given.Type, _ name: String,
        answer: @escaping @Sendable (Asked, Call) async throws -> (Given, String?)
    ) -> Route {
        Route(
            method: "POST", path: path, access: .everybody, scope: .open, input: .body, takes: "\(Asked.self)",
            gives: "\(Given.self)", isCommand: false, audited: name, heedsToken: false
        ) { call in
            let (given, who) = try await answer(try call.message(asked, try call.body()), call)
            var answer = try Answer.json(given)
            answer.who = who
            return answer
        }
    }
}
