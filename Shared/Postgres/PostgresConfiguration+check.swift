extension PostgresConfiguration {
    /// What is wrong with a URL for somebody who writes, without any part of it; nil where nothing is, as far as can be
    /// said without asking a server.
    public static func fault(inURL url: String) -> String? {
        do throws(PostgresError) {
            let options = try Conninfo.parse(url)
            for port in try Place.all(in: options).compactMap(\.port) {
                guard let number = Int(port), 1...65_535 ~= number else { return "a port is a number from 1 to 65535" }
            }
            guard ["any", "read-write", "primary"].contains(options["target_session_attrs"] ?? "any") else {
                return "target_session_attrs is read-write or primary: services write"
            }
            return nil
        } catch {
            return error.message
        }
    }
}
