import Foundation

/// A page of a service's health interface on this machine: `/readyz`, `/metrics`.
public enum HealthPage {
    /// Fetches `path` below `base`, an `http://127.0.0.1:port`; nil when nobody answers there within two seconds, and for
    /// addresses of other machines.
    public static func get(_ base: String, _ path: String) async -> (status: Int, body: String)? {
        guard let url = URL(string: base), ["127.0.0.1", "localhost"].contains(url.host()),
            let port = url.port.flatMap(UInt16.init(exactly:)),
            let answer = await LoopbackHTTP(port: port, path: path).send()
        else { return nil }
        return (answer.status, answer.body)
    }
}
