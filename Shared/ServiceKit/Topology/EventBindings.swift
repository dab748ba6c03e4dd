/// Which events each service hears: the routing keys, versions and all, that its event queue is bound with. A service's
/// handlers and its row here have to say the same.
///
/// A key is `<service>.<event>.v<N>`; an event that carries its channel as last word is bound with `.*` after the
/// version. A key that a service no longer handles moves from ``live`` to ``retired``, so that `migrate` takes the
/// binding away; there it stays for as long as a deployment may still have it.
enum EventBindings {
    /// Service → keys it is bound with.
    static let live: [String: [String]] = [
        "intake": [],
        "dispatch": [],
        "field-service": [],
        "inventory": [],
        "billing": [],
        "feedback": [],
    ]

    /// Service → keys it was bound with once.
    static let retired: [String: [String]] = [:]
}
