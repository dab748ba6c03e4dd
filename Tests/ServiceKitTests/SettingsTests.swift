import FoundationEssentials
import Testing

@testable import ServiceKit

@Suite("Settings")
struct SettingsTests {
    private let complete = [
        "MENDLOOP_AMQP_URL": "amqp://intake:a@localhost/mendloop",
        "MENDLOOP_DATABASE_URL": "postgres://intake:b@localhost/mendloop",
        "MENDLOOP_LINK_SECRET": String(repeating: "s", count: 32),
    ]

    @Test("a service needs two addresses and a secret; everything else has a default")
    func defaults() throws {
        let settings = try ServiceSettings(service: "billing", settings: Settings(environment: complete))
        #expect(settings.httpHost == "127.0.0.1")
        #expect(settings.httpPort == 8085)
        #expect(settings.prefetch == 200)
        #expect(settings.poolSize == 6)
        #expect(settings.inboxRetentionDays == 30)
        #expect(settings.logLevel == .info)
        #expect(!settings.instance.isEmpty)
    }

    @Test("the services and the door before them have a port each")
    func ports() {
        let services = ["intake", "dispatch", "field-service", "inventory", "billing", "feedback", "console"]
        #expect(Set(services.map(ServiceSettings.defaultPort(of:))).count == 7)
    }

    @Test(
        "a missing or wrong variable is named, with what was expected",
        arguments: [
            ("MENDLOOP_AMQP_URL", "", "amqp://"), ("MENDLOOP_AMQP_URL", "http://x", "amqp://"),
            ("MENDLOOP_AMQP_URL", "amqp://a,b:0/v", "the port must be 1 to 65535"),
            ("MENDLOOP_AMQP_URL", "amqp://a,,b/v", "the host is missing"),
            ("MENDLOOP_DATABASE_URL", "postgresql://a:1,b:2,c/d?port=1,2", "as many ports as hosts"),
            ("MENDLOOP_DATABASE_URL", "postgresql://a,b:many/d", "a port is a number"),
            ("MENDLOOP_DATABASE_URL", "postgresql://a,b/d?target_session_attrs=standby", "services write"),
            ("MENDLOOP_DATABASE_URL", "", "postgres://"), ("MENDLOOP_LINK_SECRET", "short", "32 bytes"),
            ("MENDLOOP_HTTP_PORT", "70000", "65535"), ("MENDLOOP_PREFETCH", "1", "from 2 to 2000"),
            ("MENDLOOP_PREFETCH", "many", "whole number"), ("MENDLOOP_LOG_LEVEL", "loud", "warning"),
            ("MENDLOOP_POOL_SIZE", "0", "from 2 to 100"), ("MENDLOOP_INBOX_RETENTION_DAYS", "-1", "from 1 to 3650"),
        ])
    func wrong(name: String, value: String, expected: String) throws {
        var environment = complete
        environment[name] = value
        let error = #expect(throws: SettingsError.self) {
            try ServiceSettings(service: "intake", settings: Settings(environment: environment))
        }
        let text = try #require(error?.description)
        #expect(text.hasPrefix(name))
        #expect(text.contains(expected))
    }

    @Test("an error about a secret or a URL with a password does not show it")
    func secretsStayHidden() {
        for name in ["MENDLOOP_LINK_SECRET", "MENDLOOP_AMQP_URL", "MENDLOOP_DATABASE_URL"] {
            var environment = complete
            environment[name] = "hunter2"
            let error = #expect(throws: SettingsError.self) {
                try ServiceSettings(service: "intake", settings: Settings(environment: environment))
            }
            #expect(error?.description.contains("hunter2") == false)
        }
    }

    @Test("a value may stand in a file that the _FILE form names, without its last line break")
    func files() throws {
        let file = URL.temporaryDirectory.appending(path: "mendloop-settings-\(UUID().uuidString)")
        try Data("postgres://u:p@h/d\n".utf8).write(to: file)
        defer { try? FileManager.default.removeItem(at: file) }
        let settings = Settings(environment: ["URL_FILE": file.path, "GONE_FILE": file.path + "-gone"])
        #expect(try settings.optionalString("URL") == "postgres://u:p@h/d")
        #expect(throws: SettingsError.unreadableFile(name: "GONE", path: file.path + "-gone")) {
            try settings.optionalString("GONE")
        }
        #expect(throws: SettingsError.ambiguous(name: "URL")) {
            try Settings(environment: ["URL": "x", "URL_FILE": file.path]).optionalString("URL")
        }
    }

    @Test("a password may stand apart from its URL, whatever is in it")
    func passwordsApart() throws {
        var environment = complete
        environment["MENDLOOP_AMQP_URL"] = "amqps://intake@rabbitmq:5671/mendloop?heartbeat=20"
        environment["MENDLOOP_AMQP_PASSWORD"] = "p@ss:/?# 修\u{7}"
        environment["MENDLOOP_DATABASE_URL"] = "postgresql://intake@postgres/mendloop"
        environment["MENDLOOP_DATABASE_PASSWORD"] = "plain1"
        let settings = try ServiceSettings(service: "intake", settings: Settings(environment: environment))
        #expect(
            settings.amqpURL == "amqps://intake:p%40ss%3A%2F%3F%23%20%E4%BF%AE%07@rabbitmq:5671/mendloop?heartbeat=20")
        #expect(settings.databaseURL == "postgresql://intake:plain1@postgres/mendloop")
        #expect(try Settings(environment: environment).optionalBrokerURL() == settings.amqpURL)
        #expect(try Settings(environment: [:]).optionalBrokerURL() == nil)
    }

    @Test("several servers are several hosts, also where the password stands apart")
    func severalServers() throws {
        var environment = complete
        environment["MENDLOOP_AMQP_URL"] = "amqp://intake@a:5672,b,c:1/mendloop"
        environment["MENDLOOP_AMQP_PASSWORD"] = "p,@"
        environment["MENDLOOP_DATABASE_URL"] = "postgresql://intake@a,b:5433/mendloop?target_session_attrs=read-write"
        environment["MENDLOOP_DATABASE_PASSWORD"] = "q"
        let settings = try ServiceSettings(service: "intake", settings: Settings(environment: environment))
        #expect(settings.amqpURL == "amqp://intake:p%2C%40@a:5672,b,c:1/mendloop")
        #expect(
            settings.databaseURL == "postgresql://intake:q@a,b:5433/mendloop?target_session_attrs=read-write")
    }

    @Test("a server's URL is taken apart and put together as text")
    func serverURLs() throws {
        let url = try #require(ServerURL("postgresql://me:p%40ss@a:1,b:2/d?x=@"))
        #expect(url.user == "me" && url.plainPassword == "p@ss")
        #expect(url.text == "postgresql://me:p%40ss@a:1,b:2/d?x=@")
        #expect(url.with(password: nil).text == "postgresql://me@a:1,b:2/d?x=@")
        #expect(url.by("adapter-web", password: "a_b-c:").text == "postgresql://adapter-web:a_b-c%3A@a:1,b:2/d?x=@")
        let nobody = try #require(ServerURL("amqp://a,b/v?at=@"))
        #expect(nobody.user == nil && nobody.text == "amqp://a,b/v?at=@")
        #expect(nobody.by("u", password: nil).text == "amqp://u@a,b/v?at=@")
        #expect(ServerURL("host=a") == nil)
    }

    @Test(
        "a password apart needs a URL with a user and without a password; neither is shown",
        arguments: [
            ("amqp://intake:secret@rabbitmq/mendloop", "MENDLOOP_AMQP_PASSWORD"),
            ("amqp://rabbitmq/mendloop", "MENDLOOP_AMQP_URL"), ("amqp://@rabbitmq/mendloop", "MENDLOOP_AMQP_URL"),
            ("amqp://rabbitmq/mendloop?at=@", "MENDLOOP_AMQP_URL"),
        ])
    func passwordsAtOdds(url: String, blamed: String) throws {
        var environment = complete
        environment["MENDLOOP_AMQP_URL"] = url
        environment["MENDLOOP_AMQP_PASSWORD"] = "hunter2"
        let error = #expect(throws: SettingsError.self) {
            try ServiceSettings(service: "intake", settings: Settings(environment: environment))
        }
        let text = try #require(error?.description)
        #expect(text.hasPrefix(blamed))
        #expect(!text.contains("hunter2") && !text.contains("secret@"))
    }
}
