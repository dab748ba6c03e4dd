import FlyingFox
import FlyingSocks
import Foundation

/// `<service> health`: asks the copy that runs here, under the same settings, whether it is ready. For containers, which
/// have no other HTTP client in them.
public struct ServiceProbe: Sendable {
    private let host: String
    private let port: UInt16

    /// The probe of a service with the environment's host and port.
    ///
    /// - Throws: ``SettingsError``; a port of 0 cannot be asked.
    public init(service: String, settings: Settings = Settings()) throws(SettingsError) {
        let port = try settings.integer(
            "MENDLOOP_HTTP_PORT", in: 1...65_535, default: ServiceSettings.defaultPort(of: service))
        self.init(host: try settings.string("MENDLOOP_HTTP_HOST", default: "127.0.0.1"), port: UInt16(port))
    }

    init(host: String, port: UInt16) {
        // Whoever listens on every address listens on the loopback one too.
        self.host = ["0.0.0.0": "127.0.0.1", "::": "::1"][host] ?? host
        self.port = port
    }

    /// Whether the service is ready, and what it (or the attempt to ask it) said. Gives up after `timeout` of real time.
    public func ask(timeout: Duration = .seconds(5)) async -> (isReady: Bool, answer: String) {
        do {
            let address = try ListeningAddress.of(host: host, port: port)
            let check = HealthCheck("readyz", timeout: timeout) {
                var client = HTTPClient()
                let response = try await client.sendHTTPRequest(
                    HTTPRequest(
                        method: .GET, version: .http11, path: "/readyz", query: [],
                        headers: [.host: "\(host):\(port)"], body: Data()), to: address)
                let body = String(decoding: try await response.bodyData, as: UTF8.self)
                guard response.statusCode == .ok else { throw NotReady(body: body) }
                return body
            }
            return (true, try await check.answer() ?? "")
        } catch let notReady as NotReady {
            return (false, notReady.body)
        } catch {
            return (false, "no answer from \(host) port \(port): \(error)")
        }
    }

    /// Asks, prints the answer, and tells what to exit with: 0 when ready, else 1.
    public func exitCode() async -> Int32 {
        let (isReady, answer) = await ask()
        print(answer)
        return isReady ? 0 : 1
    }

    private struct NotReady: Error {
        let body: String
    }
}
