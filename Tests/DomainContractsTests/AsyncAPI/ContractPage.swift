import DomainContracts
import Foundation

/// docs/asyncapi.html: the document as a page for people. It stands by itself: it opens from a disk without a network, asks
/// nobody for scripts, styles or fonts, and without its script it is whole, only not searched.
struct ContractPage {
    let schemas: Schemas
    let outsiders: [Outsider]

    func rendered() throws -> String {
        """
        <!doctype html>
        <!-- Made with docs/asyncapi.yaml: MENDLOOP_WRITE_ASYNCAPI=1 swift test --filter AsyncAPI -->
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <title>Mendloop: every message</title>
        <style>
        \(Self.style)
        </style>
        </head>
        <body>
        <header>
        <h1>Mendloop: every message</h1>
        <p>\(HTML.words(AsyncAPIDocument.description))</p>
        <label>Find <input id="find" type="search" placeholder="a type, a key, a member …" autocomplete="off"></label>
        <p id="found" role="status"></p>
        </header>
        <nav>
        <ul>
        <li><a href="#roles">Who says what</a></li>
        \(Self.services.map { "<li><a href=\"#\($0)\">\($0)</a></li>" }.joined(separator: "\n"))
        <li><a href="#every-service">every service</a></li>
        <li><a href="#schemas">types</a></li>
        </ul>
        </nav>
        <main>
        \(envelope)
        \(roles)
        \(try Self.services.map(section).joined(separator: "\n"))
        \(try operations)
        \(types)
        </main>
        <script>
        \(Self.script)
        </script>
        </body>
        </html>

        """
    }

    private static let services = (ServiceName.allCases + [.console]).map(\.rawValue)

    // MARK: Who says what

    private var roles: String {
        let rest = """
            <h3>Our own people and programs</h3>
            <p>come by the HTTP door (<a href="openapi.yaml">openapi.yaml</a>, <a href="http.md">http.md</a>), which turns requests into
            the commands and queries below and lets each role do what is its own.</p>
            """
        return """
            <section id="roles">
            <h2>Who says what</h2>
            \(outsiders.map(role).joined(separator: "\n"))
            \(rest)
            </section>
            """
    }

    private func role(_ outsider: Outsider) -> String {
        func list(_ words: String, _ messages: [WireMessage], _ exchange: String) -> String {
            let items = messages.compactMap { message in
                outsider.key(exchange, message.address ?? "").map { "<li>\(link(to: message)) <code>\($0)</code></li>" }
            }
            if items.isEmpty { return "" }
            return "<p>\(words)</p>\n<ul>\n\(items.joined(separator: "\n"))\n</ul>"
        }
        let log =
            outsider.readsLog
            ? "<p>It may read the stream <code>mendloop.billing.log</code>, which holds all of billing's events.</p>"
            : ""
        return """
            <h3>\(outsider.title)</h3>
            <p>\(outsider.page)</p>
            \(list("publishes", WireMessage.commands, "mendloop.commands"))
            \(list("asks", WireMessage.queries, "mendloop.queries"))
            \(list("may hear", WireMessage.events, "mendloop.events"))
            \(log)
            """
    }

    private func link(to message: WireMessage) -> String {
        "<a href=\"#\(message.key)\">\(HTML.text(Self.name(message.example.type)))</a>"
    }

    // MARK: What each service takes, tells and answers

    private func section(_ service: String) throws -> String {
        func own(_ messages: [WireMessage]) -> [WireMessage] {
            messages.filter { $0.example.type.hasPrefix("mendloop.\(service).") }
        }
        let kinds = [
            ("takes", own(WireMessage.commands), "mendloop.commands"),
            ("tells", own(WireMessage.events), "mendloop.events"),
            ("answers", own(WireMessage.queries), "mendloop.queries"),
        ]
        let parts = try kinds.filter { !$0.1.isEmpty }.map { words, messages, exchange in
            """
            <h3>\(service) \(words)</h3>
            \(try messages.map { try card($0, exchange: exchange) }.joined(separator: "\n"))
            """
        }
        return "<section id=\"\(service)\">\n<h2>\(service)</h2>\n\(parts.joined(separator: "\n"))\n</section>"
    }

    private var operations: String {
        get throws {
            """
            <section id="every-service">
            <h2>What every service takes and answers alike</h2>
            <p>With its own name for <code>{service}</code> and in the type; shown as intake's.</p>
            \(try WireMessage.operations.map { message in
                try card(message, exchange: message.isCommand ? "mendloop.commands" : "mendloop.queries")
            }.joined(separator: "\n"))
            </section>
            """
        }
    }

    /// `hold`, of `mendloop.intake.hold.v1`.
    static func name(_ type: String) -> String {
        type.split(separator: ".").dropFirst(2).dropLast().joined(separator: ".")
    }
}
