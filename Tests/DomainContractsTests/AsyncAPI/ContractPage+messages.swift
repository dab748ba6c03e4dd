import DomainContracts
import Foundation

extension ContractPage {
    /// What is around the data of every message.
    var envelope: String {
        """
        <section id="envelope">
        <h2>What is around each</h2>
        <p>A message is a CloudEvent in JSON, content type <code>application/cloudevents+json</code>, persistent, with
        <code>message_id</code> and <code>type</code> as in the body. Commands and queries are answered to <code>reply_to</code> under
        the same <code>correlation_id</code>. <a href="adapters.md">adapters.md</a> begins at the beginning,
        <a href="finance.md">finance.md</a> with the books.</p>
        \(members(of: "Envelope"))
        </section>
        """
    }

    /// One message with what it holds, where it goes, what answers it, and an example of each.
    func card(_ message: WireMessage, exchange: String) throws -> String {
        let log = message.example.type.hasPrefix("mendloop.billing.") && exchange == "mendloop.events"
        return """
            <article id="\(message.key)">
            <h4><a href="#\(message.key)">\(HTML.text(Self.name(message.example.type)))</a></h4>
            <p class="where"><code>\(message.example.type)</code><br>exchange <code>\(exchange)</code>, key
            <code>\(HTML.text(message.address ?? ""))</code>\(log ? "; in the stream <code>mendloop.billing.log</code>" : "")</p>
            \(summary(of: message.example.data))
            \(members(of: message.example.data))
            \(try example(message.example))
            \(try message.answers.map(answer).joined(separator: "\n"))
            </article>
            """
    }

    private func answer(_ answer: GoldenExample) throws -> String {
        """
        <div class="answer" id="\(WireMessage.key(answer))">
        <p>answer <code>\(answer.type)</code>: \(typeLink(answer.data))</p>
        \(try example(answer))
        </div>
        """
    }

    private func example(_ example: GoldenExample) throws -> String {
        let text = String(decoding: try example.bytes(), as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)
        return "<details><summary>example</summary>\n<pre>\(HTML.text(text))</pre>\n</details>"
    }

    private func summary(of type: String) -> String {
        schemas.source.structures[type]?.doc.map { "<p>\(HTML.words($0))</p>" } ?? ""
    }

    // MARK: Types

    private func members(of type: String) -> String {
        let members = schemas.source.structures[type]?.members ?? []
        if members.isEmpty { return "<p>No members.</p>" }
        let rows = members.map { member in
            """
            <tr><td><code>\(member.name)</code></td><td>\(typeLink(member.type))</td>\
            <td>\(schemas.isRequired(member) ? "always" : "")</td><td>\(HTML.words(member.doc ?? ""))</td></tr>
            """
        }
        return """
            <div class="table"><table>
            <tr><th>member</th><th>type</th><th>there</th><th></th></tr>
            \(rows.joined(separator: "\n"))
            </table></div>
            """
    }

    private func typeLink(_ type: String) -> String {
        switch type {
        case "String": return "text"
        case "UUID": return "UUID"
        case "Date": return "time"
        case "Int": return "integer"
        case "Double": return "number"
        case "Bool": return "true or false"
        case "JSONValue": return "any JSON"
        default:
            guard type.hasPrefix("["), type.hasSuffix("]") else { return "<a href=\"#type.\(type)\">\(type)</a>" }
            let inner = String(type.dropFirst().dropLast())
            if inner.hasPrefix("String: ") { return "by name: \(typeLink(String(inner.dropFirst(8))))" }
            return "list of \(typeLink(inner))"
        }
    }

    /// What messages are made of: whatever a member, or an answer, names.
    var types: String {
        let messages = WireMessage.commands + WireMessage.events + WireMessage.queries + WireMessage.operations
        let tops = Set(messages.map(\.example.data))
        let shown = schemas.closure(of: ["Envelope"] + GoldenExample.all.map(\.data))
        let named = Set(
            shown.flatMap { schemas.source.structures[$0]?.members ?? [] }.flatMap { schemas.names(in: $0.type) })
        let listed = shown.filter { $0 != "Envelope" && (named.contains($0) || !tops.contains($0) || isAnswer($0)) }
        return """
            <section id="schemas">
            <h2>Types</h2>
            \(listed.map(typeCard).joined(separator: "\n"))
            </section>
            """
    }

    private func isAnswer(_ type: String) -> Bool {
        GoldenExample.all.contains { $0.data == type && ($0.folder == .replies || $0.type.contains("-answer.")) }
    }

    private func typeCard(_ type: String) -> String {
        let holds: String
        if let enumeration = schemas.source.enumerations[type] {
            let values = enumeration.values.map { "<code>\(HTML.text($0))</code>" }.joined(separator: ", ")
            holds =
                "\(enumeration.doc.map { "<p>\(HTML.words($0))</p>" } ?? "")<p>Text; known today: \(values). There may be more.</p>"
        } else {
            holds = summary(of: type) + members(of: type)
        }
        return "<article id=\"type.\(type)\">\n<h4><a href=\"#type.\(type)\">\(type)</a></h4>\n\(holds)\n</article>"
    }
}

/// Text for a page; not for an attribute.
enum HTML {
    static func text(_ text: String) -> String {
        text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
    }

    /// What a comment says, with `code` as code.
    static func words(_ words: String) -> String {
        text(words).replacing(/`+([^`]+)`+/) { "<code>\($0.1)</code>" }
    }
}
