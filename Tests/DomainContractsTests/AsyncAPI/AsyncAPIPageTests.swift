import DomainContracts
import Foundation
import Testing

@Suite("AsyncAPI page for people")
struct AsyncAPIPageTests {
    private static let made = Result {
        try ContractPage(
            schemas: Schemas(source: ContractSource(below: Repository.contracts)), outsiders: Outsider.all()
        )
        .rendered()
    }
    /// The page; when it is to be written anew, as it is then.
    private static let stored = Result {
        if ProcessInfo.processInfo.environment["MENDLOOP_WRITE_ASYNCAPI"] == "1" {
            try Data(made.get().utf8).write(to: Repository.asyncAPIPage)
        }
        return try String(contentsOf: Repository.asyncAPIPage, encoding: .utf8)
    }

    @Test("docs/asyncapi.html says what the contracts say")
    func upToDate() throws {
        let stored = try Self.stored.get().split(separator: "\n", omittingEmptySubsequences: false)
        let made = try Self.made.get().split(separator: "\n", omittingEmptySubsequences: false)
        let difference = zip(stored, made).first { $0 != $1 }
        #expect(
            stored.count == made.count && difference == nil,
            "write it anew with MENDLOOP_WRITE_ASYNCAPI=1; first difference: \(difference.map { "\($0)" } ?? "length")")
    }

    @Test("it opens without a network: nothing in it is fetched from anywhere")
    func selfContained() throws {
        let page = try Self.stored.get()
        // What is shown is text; only the page's own marks can fetch anything.
        let marks = page.matches(of: /<[a-z][^>]*>/).map { String($0.output) }
        #expect(marks.count > 5_000)
        for word in [
            "src=", "srcset=", "<link", "<iframe", "<object", "<embed", "<img", "<base", "http-equiv", "style=", " on",
        ] {
            let using = marks.filter { $0.contains(word) }
            #expect(using.isEmpty, "\(word): \(using.prefix(3))")
        }
        let leading = marks.filter { $0.contains("href=") && $0.contains("://") }
        #expect(leading == [])
        for text in [ContractPage.style, ContractPage.script] {
            for word in ["url(", "@import", "fetch(", "import(", "XMLHttpRequest", "://"] {
                #expect(!text.contains(word))
            }
        }
        #expect(page.matches(of: /<script/).count == 1)
    }

    @Test("every message is there, with its address and its example")
    func complete() throws {
        let page = try Self.stored.get()
        for example in GoldenExample.all {
            #expect(page.contains("id=\"\(WireMessage.key(example))\""), "\(example.path)")
            let text = String(decoding: try example.bytes(), as: UTF8.self).trimmingCharacters(
                in: .whitespacesAndNewlines)
            #expect(page.contains("<pre>\(HTML.text(text))</pre>"), "\(example.path)")
        }
        for message in WireMessage.commands + WireMessage.events + WireMessage.queries + WireMessage.operations {
            #expect(page.contains("<code>\(message.address ?? "?")</code>"))
        }
    }

    @Test("every link leads somewhere, and no anchor is there twice")
    func links() throws {
        let page = try Self.stored.get()
        let anchors = page.matches(of: /\sid="([^"]+)"/).map { String($0.1) }
        let twice = Dictionary(grouping: anchors) { $0 }.filter { $0.value.count > 1 }.keys
        #expect(twice.isEmpty)
        let targets = Set(page.matches(of: /href="([^"]+)"/).map { String($0.1) })
        let missing = targets.filter { target in
            target.hasPrefix("#")
                ? !anchors.contains(String(target.dropFirst()))
                : !FileManager.default.fileExists(atPath: Repository.docs.appending(path: target).path)
        }
        #expect(missing.isEmpty)
    }

    @Test("who may say what is as the broker's definitions have it")
    func roles() throws {
        let outsiders = try Outsider.all()
        let adapter = outsiders[0]
        #expect(adapter.may("mendloop.commands", "intake.report-repair.{channel}"))
        #expect(!adapter.may("mendloop.commands", "billing.record-payment") && !adapter.readsLog)
        #expect(adapter.may("mendloop.events", "feedback.notification-requested.v1.{channel}"))
        #expect(!adapter.may("mendloop.events", "billing.charge-final.v1"))
        let finance = outsiders[1]
        #expect(finance.may("mendloop.commands", "billing.record-payment") && finance.readsLog)
        #expect(finance.may("mendloop.queries", "billing.ledger-totals"))
        #expect(finance.may("mendloop.events", "billing.charge-final.v1"))
        #expect(!finance.may("mendloop.events", "inventory.stock-moved.v1"))
        #expect(outsiders[2].may("mendloop.events", "inventory.stock-moved.v1"))
    }
}
