import DomainContracts
import Foundation
import Testing

@Suite("Envelope and data")
struct EnvelopeTests {
    private let envelope = Envelope(
        id: "0190-a", source: "/mendloop/intake", type: WorkOrderQuery.wireType, subject: "work-order/1",
        time: Date(timeIntervalSince1970: 1_795_223_520), sequence: 42, partitionkey: "1", correlationid: "c",
        causationid: "d", authtype: "user", authid: "li.na", traceparent: "00-0-0-01")

    @Test("an event goes out as one JSON object and comes back the same")
    func structured() throws {
        let event = CloudEvent(envelope, WorkOrderQuery(workOrderNumber: "WO-20261121-000042"))
        let bytes = try WireJSON.encoder().encode(event)
        #expect(try WireJSON.decoder().decode(CloudEvent<WorkOrderQuery>.self, from: bytes) == event)
        let members = try #require(try JSONSerialization.jsonObject(with: bytes) as? [String: Any])
        #expect(
            Set(members.keys) == [
                "specversion", "id", "source", "type", "subject", "time", "datacontenttype", "sequence", "partitionkey",
                "correlationid", "causationid", "authtype", "authid", "traceparent", "data",
            ])
        #expect(members["time"] as? String == "2026-11-21T01:12:00.000Z")
        #expect(members["sequence"] as? String == "0000000000000000042")
    }

    @Test("what is nil is absent, never null")
    func absent() throws {
        let event = CloudEvent(Envelope(id: "1", source: "/s", type: "t"), WorkOrderQuery())
        let text = String(decoding: try WireJSON.canonicalEncoder().encode(event), as: UTF8.self)
        #expect(
            text
                == #"{"data":{},"datacontenttype":"application/json","id":"1","source":"/s","specversion":"1.0","type":"t"}"#
        )
    }

    @Test("an explicit null is the same as absent")
    func null() throws {
        let query = try WireJSON.decoder().decode(WorkOrderQuery.self, from: Data(#"{"workOrderId": null}"#.utf8))
        #expect(query == WorkOrderQuery())
    }

    @Test(
        "an absent or null list or dictionary is empty",
        arguments: ["{\"code\":\"c\"}", "{\"code\":\"c\",\"parameters\":null}"])
    func absentLists(_ json: String) throws {
        #expect(try WireJSON.decoder().decode(CodedReason.self, from: Data(json.utf8)) == CodedReason(code: "c"))
        let report = try WireJSON.decoder().decode(ReportRepair.self, from: Data(#"{"channel":"web"}"#.utf8))
        #expect(report == ReportRepair(channel: "web"))
        #expect(report.preferredWindows.isEmpty && report.attachments.isEmpty)
    }

    @Test("a value of an enumeration that we do not know yet is kept as it came")
    func openEnumerations() throws {
        let values = try WireJSON.decoder().decode([VisitStatus].self, from: Data(#"["ended","teleported"]"#.utf8))
        #expect(values == [.ended, VisitStatus(rawValue: "teleported")])
        #expect(values.map(\.isKnown) == [true, false])
        #expect(String(decoding: try WireJSON.encoder().encode(values), as: UTF8.self) == #"["ended","teleported"]"#)
    }

    @Test("custom fields are kept as they came, nulls included")
    func customFields() throws {
        let json = #"{"channel":"web","customFields":{"a":[1,2.5,"x",null,true],"b":{"c":null}}}"#
        let report = try WireJSON.decoder().decode(ReportRepair.self, from: Data(json.utf8))
        let custom = try WireJSON.canonicalEncoder().encode(report.customFields)
        #expect(String(decoding: custom, as: UTF8.self) == #"{"a":[1,2.5,"x",null,true],"b":{"c":null}}"#)
    }

    @Test("wire names are spelt from the service, the message and its version")
    func names() {
        #expect(ReportRepair.wireType == "mendloop.intake.report-repair.v1")
        #expect(ReportRepair.routingKey(channel: "wechat") == "intake.report-repair.wechat")
        #expect(ReportRepair.acceptedType == "mendloop.intake.report-repair-accepted.v1")
        #expect(MergeWorkOrder.rejectedType == "mendloop.intake.merge-rejected.v1")
        #expect(WorkOrderOpened.routingKey() == "intake.work-order-opened.v1")
        #expect(NotificationRequested.routingKey(lastWord: "sms") == "feedback.notification-requested.v1.sms")
        #expect(VisitQuery.routingKey == "field-service.visit")
        #expect(VisitQuery.answerType == "mendloop.field-service.visit-answer.v1")
    }

    @Test("no two messages of a kind share a wire type")
    func distinct() {
        let commands = MessageCatalogue.commands.map { $0.wireType }
        let events = MessageCatalogue.events.map { $0.wireType }
        let queries = MessageCatalogue.queries.map { $0.wireType }
        for types in [commands, events, queries] { #expect(Set(types).count == types.count) }
        #expect(Set(commands).isDisjoint(with: events) && Set(commands).isDisjoint(with: queries))
    }
}
