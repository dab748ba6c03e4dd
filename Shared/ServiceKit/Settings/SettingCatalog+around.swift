import Foundation

/// What console, compose, the command line, examples and tests read.
extension SettingCatalog {
    static let ofConsole: [SettingEntry] = [
        .init("MENDLOOP_DOOR_HOST", [console], .text("an address"), default: "127.0.0.1", "Where the HTTP door is."),
        .init("MENDLOOP_DOOR_PORT", [console], .integer(0...65_535), default: "8080", "The same; 0 takes a free port."),
        .init(
            "MENDLOOP_DOOR_RATE", [console, .compose], .integer(0...1_000_000), default: "300",
            "Requests a minute that one person or address may make on average; 0 sets no limit."),
        .init(
            "MENDLOOP_JWT_SECRET", [console, .compose], .secret(32),
            "Signs our own people's tokens (HS256); this or MENDLOOP_JWT_KEYS must be set."),
        .init(
            "MENDLOOP_JWT_KEYS", [console, .compose],
            .matching("a JSON Web Key Set with keys of oct, EC P-256 or OKP Ed25519", isKeySet),
            "Keys of an identity provider whose tokens are believed."),
        .init("MENDLOOP_JWT_ISSUER", [console, .compose], .text("a name"), "Whose tokens alone are believed."),
        .init("MENDLOOP_JWT_AUDIENCE", [console, .compose], .text("a name"), "For whom tokens have to be made out."),
        .init(
            "MENDLOOP_SIGN_IN_FAILURES", [console, .compose], .integer(0...1_000_000), default: "20",
            "How often one address may fail to sign in before it waits; 0 counts by login alone."),
        .init(
            "MENDLOOP_ATTACHMENTS", [console], .text("a folder that all copies share"),
            "Where files that come with reports are kept; with a bucket, where they are on their way."),
        .init(
            "MENDLOOP_ATTACHMENTS_BUCKET", [console, .compose],
            .matching("a URL as in https://host/bucket") { text in
                isWebAddress(text) && (URL(string: text)?.pathComponents.count ?? 0) >= 2
            }, "A bucket for them, at a service compatible with S3."),
        .init("MENDLOOP_ATTACHMENTS_KEY_ID", [console, .compose], .text("the id of a key"), "Who may use the bucket."),
        .init("MENDLOOP_ATTACHMENTS_KEY", [console, .compose], .secret(8), "The same."),
        .init(
            "MENDLOOP_ATTACHMENTS_REGION", [console, .compose], .text("a name"), default: "us-east-1", "The bucket's."),
        .init(
            "MENDLOOP_ATTACHMENT_BYTES", [console, .compose], .integer(1...1_073_741_824), default: "20971520",
            "The largest file that is taken."),
        .init(
            "MENDLOOP_ATTACHMENT_BYTES_AN_HOUR", [console, .compose], .integer(0...1_099_511_627_776),
            default: "268435456",
            "How much may come within an hour from one address without a token, the largest file at least; 0 sets no limit."
        ),
        .init(
            "MENDLOOP_UNNAMED_FILE_DAYS", [console, .compose], .integer(0...3_650), default: "7",
            "After so many days files go that came and were never named by a report; 0: never."),
        .init(
            "MENDLOOP_LABEL_URL", [console, .compose], .text("the beginning of a URL"),
            "What a device's QR code opens, its code put behind it."),
    ]

    static let around: [SettingEntry] = [
        .init(
            "MENDLOOP_SERVICE_PASSWORD", [.compose], .text("letters and digits"),
            "The password of a service's database role."),
        .init(
            "MENDLOOP_DATABASE_HOST", [.migrateAll], .text("a host"), default: "postgres",
            "Where `migrate` finds the database."),
        .init(
            "MENDLOOP_DATABASE_QUERY", [.migrateAll], .text("what follows the ? of a URL"),
            "What `migrate` adds to the database's address, such as sslmode."),
        .init(
            "MENDLOOP_SECRETS", [.compose], .text("a folder"), default: "./deploy/secrets",
            "Where the files of the secrets lie."),
        .init(
            "MENDLOOP_BACKUPS", [.compose], .text("a folder"), default: "./backups",
            "Where `docker-compose run --rm backup` writes; user 10001 has to be able to."),
        .init("MENDLOOP_TAG", [.compose], .text("a tag"), default: "latest", "Which image is run."),
        .init(
            "MENDLOOP_SERVICE_DATABASE_URL", [.commandLine], .url("postgres", "postgresql"),
            "Printed by `./mendloop env`: the database as a service sees it."),
        .init(
            "MENDLOOP_SERVICE_HTTP_URL", [.commandLine], .matching("an http:// or https:// URL", isWebAddresses),
            "Health and metrics of a stack that runs elsewhere."),
        .init(
            "MENDLOOP_SERVICE_NUMBER_HTTP_URL", [.commandLine], .matching("an http:// or https:// URL", isWebAddress),
            "The same of its further copies, 2 to 16."),
        .init(
            "MENDLOOP_RABBITMQ_MANAGEMENT_URL", [.commandLine],
            .matching("an http:// or https:// URL", isWebAddress), "RabbitMQ's management interface of such a stack."),
        .init("MENDLOOP_RABBITMQ_USER", [.commandLine], .text("a name"), "An administrator there."),
        .init("MENDLOOP_RABBITMQ_PASSWORD", [.commandLine], .text("a password"), "His password."),
        .init(
            "MENDLOOP_RABBITMQ_SERVICES_PASSWORD", [.commandLine], .text("a password"),
            "What `prepare-broker` sets as that of the services' user there."),
        .init(
            "MENDLOOP_DOOR_URL", [.commandLine, .examples], .matching("an http:// or https:// URL", isWebAddress),
            "The HTTP door, as `./mendloop env` prints it."),
        .init("MENDLOOP_TOKEN", [.examples], .text("a bearer token"), "Who comes to the door."),
        .init("MENDLOOP_LOGIN", [.examples], .text("a login"), "Who signs in there."),
        .init("MENDLOOP_PASSWORD", [.examples], .text("a password"), "The same."),
        .init(
            "MENDLOOP_CHANNEL_AMQP_URL", [.examples], .url("amqp", "amqps"), "The broker as an adapter's user sees it."),
        .init("MENDLOOP_WECHAT_TOKEN", [.examples], .text("a token"), "Of the account that the WeChat adapter serves."),
        .init(
            "MENDLOOP_IMAP_PASSWORD", [.examples], .text("a password"), "Of the mailbox that the e-mail adapter reads."),
        .init(
            "MENDLOOP_TEST_TIER", [.tests], .oneOf(["fast", "full", "soak"]), default: "full", "How much is tested."),
        .init("MENDLOOP_DATA", [.tests], .text("a folder"), "Where public test data lie."),
        .init("MENDLOOP_SIMULATION_SEED", [.tests], .text("a number"), "The first history that is simulated."),
        .init("MENDLOOP_SIMULATION_COUNT", [.tests], .text("a number"), "How many."),
        .init("MENDLOOP_SIMULATION_TRACE", [.tests], .text("a number"), "How many steps of a failed one are shown."),
        .init("MENDLOOP_SIMULATION_COUNTS", [.tests], .text("anything"), "Whether what happened is counted."),
        .init(
            "MENDLOOP_WRITE_ASYNCAPI", [.tests], .text("1"), "Writes docs/asyncapi.yaml and docs/asyncapi.html anew."),
        .init("MENDLOOP_WRITE_OPENAPI", [.tests], .text("1"), "Writes docs/openapi.yaml anew."),
        .init("MENDLOOP_WRITE_IDENTITIES", [.tests], .text("1"), "Writes deploy/rabbitmq/identities.json anew."),
        .init(
            "MENDLOOP_WRITE_TABLES", [.tests], .text("1"),
            "Writes the tables of docs/metrics.md and docs/settings.md anew."),
    ]

    private static let console = SettingEntry.Reader.service("console")

    /// One for each copy, as compose gives them ports: `http://127.0.0.1:8101-8102`.
    @Sendable private static func isWebAddresses(_ text: String) -> Bool {
        isWebAddress(text.replacing(/:([0-9]+)-[0-9]+/) { ":\($0.1)" })
    }

    @Sendable private static func isKeySet(_ text: String) -> Bool {
        let set = try? JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any]
        return (set?["keys"] as? [Any])?.isEmpty == false
    }
}
