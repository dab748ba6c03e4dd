import AMQP
import Foundation
import Testing

@Suite struct ConfigurationTests {
    @Test("a URL says where, who and which vhost")
    func parsed() throws {
        let plain = try AMQPConfiguration(
            url: "amqp://fin%40nce:p%3Aw%2Fd@[::1]:5673/mend%2Floop?heartbeat=3", connectionName: "t")
        #expect(plain.addresses.map(\.host) == ["::1"])
        #expect(plain.addresses.map(\.port) == [5673])
        #expect(plain.user == "fin@nce")
        #expect(plain.virtualHost == "mend/loop")
        #expect(plain.heartbeatSeconds == 3)
        #expect(plain.tls == nil)
        let secure = try AMQPConfiguration(
            url: "amqps://broker/?cacertfile=/etc/ca.pem&verify=verify_none", connectionName: "t")
        #expect(secure.addresses.map(\.port) == [5671])
        #expect(secure.virtualHost == "/")
        #expect(secure.tls?.authorities == "/etc/ca.pem")
        #expect(secure.tls?.verify == false)
        #expect(try AMQPConfiguration(url: "amqps://broker", connectionName: "t").tls?.verify == true)
    }

    @Test("the nodes of a cluster stand in it with commas between, each with its port or the usual one")
    func nodes() throws {
        let plain = try AMQPConfiguration(url: "amqp://u:p@a,b:5673,[::1]:7/v", connectionName: "t")
        #expect(plain.place == "a:5672,b:5673,[::1]:7")
        #expect(plain.virtualHost == "v")
        #expect(plain.description == "amqp://u@a:5672,b:5673,[::1]:7/v (t)")
        let secure = try AMQPConfiguration(url: "amqps://a,b,c?heartbeat=5", connectionName: "t")
        #expect(secure.place == "a:5671,b:5671,c:5671")
    }

    @Test("no way of printing a configuration shows its password")
    func secret() throws {
        let configuration = try AMQPConfiguration(url: "amqp://me:hunter2@localhost/v", connectionName: "t")
        var dumped = ""
        dump(configuration, to: &dumped)
        #expect(!"\(configuration) \(String(reflecting: configuration)) \(dumped)".contains("hunter2"))
    }

    @Test(
        "a URL of something else is refused",
        arguments: [
            "", "http://localhost", "amqp://", "amqp://user@/v", "amqp://localhost:0", "amqp://localhost:x",
            "amqp://localhost:70000", "amqp://[::1", "amqp://h/%zz", "amqp://h/%2", "amqp://h/a/b", "amqp://h/a%00b",
            "amqp://h/%FF", "amqp://h?heartbeat=0", "amqp://a,/v",
            "amqp://,a/v", "amqp://a,b:0/v", "amqp://a,,b", "amqp://h?heartbeat=often",
        ])
    func malformed(_ url: String) {
        let error = #expect(throws: AMQPError.self) {
            _ = try AMQPConfiguration(url: url, connectionName: "t")
        }
        guard case .malformedURL = error else {
            Issue.record("\(url): \(String(describing: error))")
            return
        }
    }

    @Test("delays double up to the maximum and vary by half")
    func backoff() {
        let backoff = Backoff(initial: .milliseconds(100), maximum: .seconds(1))
        var generator = SystemRandomNumberGenerator()
        for (attempt, full) in [(0, 100), (1, 200), (2, 400), (3, 800), (4, 1000), (50, 1000), (Int.max, 1000)] {
            let delay = backoff.delay(attempt: attempt, using: &generator)
            #expect(delay <= .milliseconds(full))
            #expect(delay >= .milliseconds(full) / 2)
        }
    }
}
