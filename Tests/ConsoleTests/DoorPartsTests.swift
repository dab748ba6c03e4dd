import DomainContracts
import Foundation
import Synchronization
import Testing

@testable import Console

struct DoorPartsTests {
    @Test(
        "the language is the one that the reader likes best",
        arguments: [
            (nil, Language.english), ("zh-CN,zh;q=0.9,en;q=0.8", .chinese), ("en-GB,zh;q=0.5", .english),
            ("de,fr", .english), ("de, zh;q=0.1", .chinese), ("*", .english), ("zh;q=0", .english),
            ("en;q=0.3, zh-Hans;q=0.7", .chinese),
        ])
    func language(header: String?, language: Language) { #expect(Language(header) == language) }

    @Test("whoever asks too often waits, and nobody else does")
    func limits() {
        let limiter = RateLimiter(requestsAMinute: 60)
        let start = ContinuousClock.now
        for _ in 0..<10 { #expect(limiter.wait(of: "a", now: start) == nil) }
        #expect(limiter.wait(of: "a", now: start) == 1)
        #expect(limiter.wait(of: "b", now: start) == nil)
        #expect(limiter.wait(of: "a", now: start + .seconds(1)) == nil)
        #expect(limiter.wait(of: "a", now: start + .seconds(1)) == 1)
        let bytes = RateLimiter(bytesAnHour: 7_200)
        #expect(bytes.wait(of: "a", for: 7_000, now: start) == nil)
        for _ in 0..<2 { #expect(bytes.wait(of: "a", for: 300, takes: false, now: start) == 50) }
        #expect(bytes.wait(of: "a", for: 300, now: start + .seconds(50)) == nil)
        #expect(bytes.wait(of: "a", now: start + .seconds(50)) == 1)
        let unlimited = RateLimiter(requestsAMinute: 0)
        for _ in 0..<1_000 { #expect(unlimited.wait(of: "a", now: start) == nil) }
    }

    private func read(_ items: [(String, String)]) throws -> WorkBoardQuery {
        try QueryReader.read(WorkBoardQuery.self, from: items.map { (name: $0.0, value: $0.1) })
    }

    @Test("a query's members are read from the address, each as what it is")
    func queries() throws {
        #expect(
            try read([("at", "2026-11-21T01:12:00Z"), ("hours", "9"), ("team", "A"), ("unknown", "x")])
                == WorkBoardQuery(at: #require(RFC3339.parse("2026-11-21T01:12:00Z")), hours: 9, team: "A"))
        let id = UUID()
        #expect(
            try QueryReader.read(RequestQuery.self, from: [("requestId", id.uuidString)]) == RequestQuery(requestId: id)
        )
        let search = try QueryReader.read(
            SearchRegistry.self, from: [("text", "漏油"), ("kinds", "device"), ("kinds", "customer"), ("limit", "5")])
        #expect(search == SearchRegistry(text: "漏油", kinds: [.device, .customer], limit: 5))
        #expect(try QueryReader.read(SearchRegistry.self, from: [("text", "x")]).kinds.isEmpty)
    }

    @Test(
        "what is wrong in an address is named",
        arguments: [
            ([("hours", "9")], "/query/at", "required"), ([("at", "soon")], "/query/at", "type"),
            ([("at", "2026-11-21T01:12:00Z"), ("hours", "x")], "/query/hours", "type"),
            ([("at", "2026-11-21T01:12:00Z"), ("hours", "1"), ("hours", "2")], "/query/hours", "duplicate"),
        ])
    func wrongQueries(items: [(String, String)], pointer: String, code: String) {
        let problem = #expect(throws: Problem.self) { try read(items) }
        #expect(problem?.errors.first?.pointer == pointer && problem?.errors.first?.code == code)
    }

    @Test("every refusal that a service can give has Chinese words")
    func words() throws {
        let services = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appending(path: "Services")
        let files = try FileManager.default.subpathsOfDirectory(atPath: services.path()).filter {
            $0.hasSuffix(".swift")
        }
        var codes: Set<String> = []
        for file in files {
            let text = try String(contentsOf: services.appending(path: file), encoding: .utf8)
            codes.formUnion(text.matches(of: /conflict\(\s*"([a-z-]+)"/).map { String($0.1) })
            codes.formUnion(text.matches(of: /code: "([a-z-]+)", title:/).map { String($0.1) })
        }
        #expect(codes.count > 30)
        #expect(codes.subtracting(ProblemWords.titles.keys).sorted() == [])
    }

    @Test("a problem is worded for its reader, its codes and pointers stay")
    func worded() {
        let problem = Problem(
            code: "invalid-message", title: "The message is not valid",
            errors: [FieldProblem("/customer/phone", "not-a-phone", "is no telephone number")])
        #expect(ProblemWords.put(problem, into: .english) == problem)
        let chinese = ProblemWords.put(problem, into: .chinese)
        #expect(chinese.title == "内容有误" && chinese.code == problem.code)
        #expect(chinese.errors.first?.detail == "不是电话号码（is no telephone number）")
        #expect(chinese.errors.first?.pointer == "/customer/phone")
    }

    @Test("what a customer says again within a day has the same link's token, which holds until the day after")
    func linkEnds() {
        let midnight = Date(timeIntervalSince1970: 20_000 * 86_400)
        func end(_ seconds: TimeInterval) -> TimeInterval {
            CustomerAccount<RebookSlot>.end(now: midnight + seconds).timeIntervalSince(midnight)
        }
        #expect([0, 1, 43_200.5, 86_399].map(end) == Array(repeating: 2 * 86_400, count: 4))
        #expect(end(86_400) == 3 * 86_400)
    }

    @Test("who closes the door waits for the last answer on its way out")
    func flights() async {
        let flights = Flights()
        await flights.landed()
        var held = [flights.begin()]
        let closed = Atomic(false)
        let closing = Task { [flights] in
            await flights.landed()
            closed.store(true, ordering: .sequentiallyConsistent)
        }
        for _ in 0..<100 { await Task.yield() }
        let wasClosed = closed.load(ordering: .sequentiallyConsistent)
        #expect(!wasClosed)
        held.removeAll()
        await closing.value
    }
}
