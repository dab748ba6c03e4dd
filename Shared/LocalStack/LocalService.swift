/// The six services, by the name of their executable.
public enum LocalService: String, CaseIterable, Sendable {
    case intake
    case dispatch
    case fieldService = "field-service"
    case inventory
    case billing
    case feedback

    /// The name of the executable, of its log, and what people call it.
    public var name: String { rawValue }

    /// The PostgreSQL role of the service, and the schema the role owns.
    public var role: String { rawValue.replacing("-", with: "_") }

    /// The prefix of the service's own environment variables, as in `MENDLOOP_FIELD_SERVICE_HTTP_URL`.
    public var environmentPrefix: String { "MENDLOOP_" + role.uppercased() }
}
