import DomainContracts
import FlyingFox
import FlyingSocks
import Foundation
import Logging
import ServiceKit
import ServiceLifecycle

/// The HTTP server. It reads requests within limits, finds who asks, and words what goes wrong.
struct HTTPDoor: Service {
    /// As large as a message may be.
    static let mostBytes = 256 * 1024
    /// Seconds for one answer: longer than any service is waited for.
    private static let timeout: TimeInterval = 30
    /// Methods of IANA's registry that the server leads nowhere by itself: who uses one is told which are allowed.
    private static let foreignMethods: [HTTPMethod] = [
        "ACL", "BASELINE-CONTROL", "BIND", "CHECKIN", "CHECKOUT", "COPY", "LABEL", "LINK", "LOCK", "MERGE",
        "MKACTIVITY", "MKCALENDAR", "MKCOL", "MKREDIRECTREF", "MKWORKSPACE", "MOVE", "ORDERPATCH", "PRI", "PROPFIND",
        "PROPPATCH", "QUERY", "REBIND", "REPORT", "SEARCH", "UNBIND", "UNCHECKOUT", "UNLINK", "UNLOCK", "UPDATE",
        "UPDATEREDIRECTREF", "VERSION-CONTROL",
    ]
    /// How long the last bytes of an answer may be on their way.
    private static let lastBytes = Duration.seconds(1)

    private let gate: Gate
    private let router: Router
    private let server: HTTPServer
    private let handler: ClosureHTTPHandler
    private let audit: AuditTrail
    private let logger: Logger
    private let flights = Flights()

    init(
        host: String, port: UInt16, gate: Gate, router: Router, audit: AuditTrail, logger: Logger,
        meter: DoorMeter = DoorMeter()
    ) throws {
        self.gate = gate
        self.router = router
        self.audit = audit
        self.logger = logger
        handler = ClosureHTTPHandler { [gate, router, audit, logger, flights] request in
            let flight = flights.begin()
            let began = ContinuousClock.now
            let (answer, route) = await Self.answer(request, gate, router, audit, logger)
            meter.answered(request.method.rawValue, route, status: answer.status, took: ContinuousClock.now - began)
            return answer.response(flight)
        }
        server = HTTPServer(
            address: try ListeningAddress.of(host: host, port: port), timeout: Self.timeout, logger: .disabled,
            handler: handler)
    }

    func run() async throws {
        await server.appendRoute("*", for: Self.foreignMethods, to: handler)
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await server.run() }
            group.addTask {
                try await gracefulShutdown()
                await stop()
            }
            group.addTask {
                let port = try await boundPort()
                logger.notice("the door is open", metadata: ["port": "\(port)"])
            }
            while let outcome = await group.nextResult() {
                if case .failure(let error) = outcome, !Task.isShuttingDownGracefully { throw error }
                if Task.isShuttingDownGracefully { group.cancelAll() }
            }
        }
        await audit.close()
    }

    /// Takes nobody in any more; what has begun is answered. Left to itself the server waits for as long as it may: nothing wakes
    /// its accepting when its socket is closed.
    private func stop() async {
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await server.stop(timeout: Self.timeout) }
            group.addTask {
                await flights.landed()
                try? await Task.sleep(for: Self.lastBytes)
            }
            await group.next()
            group.cancelAll()
        }
    }

    /// The port it listens on, once it does.
    func boundPort() async throws -> UInt16 {
        try await server.waitUntilListening()
        switch await server.listeningAddress {
        case .ip4(_, let port), .ip6(_, let port): return port
        case .unix, nil: return 0
        }
    }

    /// The answer, and the path of the route that gave it.
    private static func answer(
        _ request: HTTPRequest, _ gate: Gate, _ router: Router, _ audit: AuditTrail, _ logger: Logger
    ) async -> (Answer, route: String?) {
        let language = Language(request.headers[.acceptLanguage])
        let id = UUID.v7()
        var answer: Answer
        var who: String?
        var audited: String?
        var path: String?
        var code: String?
        var exchange = exchange(request)
        do {
            let (route, parameters) = try router.route(exchange)
            audited = route.audited
            path = route.path
            let principal = try gate.admit(exchange, to: route.access, heedsToken: route.heedsToken) {
                who = $0.person
            }
            let incoming = IncomingBody(parts: request.bodySequence)
            if route.input != .file { exchange.body = try await incoming.whole(exchange, most: mostBytes) }
            answer = try await route.answer(
                Call(
                    exchange: exchange, parameters: parameters, principal: principal, id: id.text, incoming: incoming))
            who = answer.who ?? who
        } catch let refusal as DoorRefusal {
            answer = .problem(refusal.problem, language)
            answer.headers.merge(refusal.headers) { $1 }
            (who, code) = (refusal.who ?? who, refusal.problem.code)
        } catch let problem as Problem {
            answer = .problem(problem, language)
            code = problem.code
        } catch let error as BucketError {
            logger.warning("attachments are away", metadata: ["request": "\(id.text)", "error": "\(error)"])
            answer = .problem(
                Problem(code: "storage-away", title: "Files cannot be reached now", detail: id.text, status: 503),
                language)
            code = "storage-away"
        } catch {
            logger.error("a request failed", metadata: ["request": "\(id.text)", "error": "\(error)"])
            answer = .problem(
                Problem(code: "internal-error", title: "Something went wrong here", detail: id.text, status: 500),
                language)
            code = "internal-error"
        }
        answer.headers["X-Request-Id"] = id.text
        // Bodies and tokens are nobody's to read here, and a link's token stands in its path.
        logger.info(
            "answered",
            metadata: [
                "request": "\(id.text)", "who": "\(who ?? "nobody")", "method": "\(request.method.rawValue)",
                "path": "\(path ?? "no route's")", "status": "\(answer.status)",
            ])
        // Rows stay for ever: nobody makes them by knocking alone.
        let isKnock = who == nil && ["unauthorized", "too-many-requests"].contains(code)
        if let audited, !isKnock {
            await audit.note(
                AuditEntry(
                    requestId: id, at: Date().inWholeMilliseconds, who: who, what: audited, address: exchange.address,
                    status: answer.status, code: code, reply: answer.body))
        }
        return (answer, path)
    }

    private static func exchange(_ request: HTTPRequest) -> Exchange {
        var headers: [String: String] = [:]
        for (name, value) in request.headers { headers[name.rawValue.lowercased()] = value }
        return Exchange(
            method: request.method.rawValue, path: request.path.split(separator: "/").map(String.init),
            query: request.query.map { ($0.name, $0.value) }, headers: headers,
            address: request.remoteAddress.map(Self.host) ?? "unknown")
    }

    private static func host(_ address: HTTPRequest.Address) -> String {
        switch address {
        case .ip4(let host, _), .ip6(let host, _): host
        case .unix(let path): path
        }
    }
}

extension Answer {
    /// Nobody reads it (RFC 9112 §4), and some clients want one.
    private var phrase: String { status < 400 ? "OK" : status < 500 ? "Client Error" : "Server Error" }

    /// - Parameter flight: held on to while a file is sent.
    fileprivate func response(_ flight: Flights.Flight) -> HTTPResponse {
        var headers = HTTPHeaders([
            .contentType: contentType, HTTPHeader("Cache-Control"): "no-store",
            HTTPHeader("X-Content-Type-Options"): "nosniff",
        ])
        for (name, value) in self.headers { headers[HTTPHeader(name)] = value }
        let code = HTTPStatusCode(status, phrase: phrase)
        switch content {
        case .data(let data): return HTTPResponse(statusCode: code, headers: headers, body: data)
        case .file(let handle, let count):
            let bytes = OpenFile(handle: handle, count: count, flight: flight)
            return HTTPResponse(
                statusCode: code, headers: headers,
                body: HTTPBodySequence(from: bytes, count: count, suggestedBufferSize: 64 * 1024))
        }
    }
}

extension HTTPHeader {
    fileprivate static let acceptLanguage = HTTPHeader("Accept-Language")
}
