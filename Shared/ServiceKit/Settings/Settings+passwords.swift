import FoundationEssentials

extension Settings {
    /// `MENDLOOP_AMQP_URL`, with the password of `MENDLOOP_AMQP_PASSWORD` where that is set; nil where neither is. It
    /// counts as a secret, since it holds a password.
    public func optionalBrokerURL() throws(SettingsError) -> String? {
        guard let url = try optionalString("MENDLOOP_AMQP_URL") else { return nil }
        return try withPassword(url, "MENDLOOP_AMQP_URL", "MENDLOOP_AMQP_PASSWORD")
    }

    /// `MENDLOOP_DATABASE_URL`, with the password of `MENDLOOP_DATABASE_PASSWORD` where that is set; nil where neither is. It counts
    /// as a secret, since it holds a password.
    public func optionalDatabaseURL() throws(SettingsError) -> String? {
        guard let url = try optionalString("MENDLOOP_DATABASE_URL") else { return nil }
        return try withPassword(url, "MENDLOOP_DATABASE_URL", "MENDLOOP_DATABASE_PASSWORD")
    }

    /// A URL as text whose password may stand in a variable of its own, so that the address can be shown and the password
    /// comes from a file.
    ///
    /// - Parameters:
    ///   - name: of the URL's variable; the URL has one of `schemes`.
    ///   - password: of the password's variable. It is taken as it is, whatever characters are in it.
    public func url(_ name: String, schemes: [String], password: String) throws(SettingsError) -> String {
        try withPassword(try url(name, schemes: schemes), name, password)
    }

    private func withPassword(_ url: String, _ name: String, _ passwordName: String) throws(SettingsError) -> String {
        guard let password = try optionalString(passwordName) else { return url }
        let authority = url.range(of: "://").map { $0.upperBound } ?? url.startIndex
        let end = url[authority...].firstIndex { "/?#".contains($0) } ?? url.endIndex
        guard let at = url[authority..<end].lastIndex(of: "@"), at > authority else {
            throw .invalid(name: name, value: nil, expected: "a URL with a user, because \(passwordName) is set")
        }
        guard !url[authority..<at].contains(":") else {
            throw .invalid(name: passwordName, value: nil, expected: "nothing, because \(name) holds a password")
        }
        return url[..<at] + ":" + Self.percentEncoded(password) + url[at...]
    }

    private static func percentEncoded(_ text: String) -> String {
        text.utf8.map { byte in
            let character = Character(UnicodeScalar(byte))
            if character.isASCII, character.isLetter || character.isNumber { return String(character) }
            return "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
        }.joined()
    }
}
