import DomainContracts
import Foundation

/// Which part of what a route shows or does is whose. Every route says it.
struct Scope<Asked: Sendable, Reply: Sendable>: Sendable {
    let rule: ScopeRule
    /// What it is about: all of it has to be within somebody's reach before a service hears of it.
    let subjects: @Sendable (Asked) -> [Subject?]
    /// Who acts, where it says so: an engineer does for himself what he does for nobody else.
    var actor: @Sendable (Asked) -> UUID? = { _ in nil }
    /// What of an answer is shown; nil for none.
    let shown: @Sendable (Reply, Reach, ScopeBook) async throws -> Reply?

    /// It is nobody's in particular: rules, calendars, figures.
    static var company: Scope { Scope(rule: .company, subjects: { _ in [] }, shown: { reply, _, _ in reply }) }

    /// Only the answer says what it is about, or it is a list.
    static func shown(_ shown: @escaping @Sendable (Reply, Reach, ScopeBook) async throws -> Reply?) -> Scope {
        Scope(rule: .shown, subjects: { _ in [] }, shown: shown)
    }
}

extension Scope where Asked: Naming {
    /// About everything that the message names. The service refuses what names nothing.
    static var about: Scope {
        Scope(rule: .about, subjects: { $0.subjects }, shown: { reply, _, _ in reply })
    }
}

extension Scope where Asked: Acting {
    /// An engineer acts as himself, and the service sees to it that the visit is his: nothing is looked up here, so that he can work
    /// while console's database is away. For others it is about what it names.
    static var himself: Scope {
        Scope(
            rule: .himself, subjects: { $0.subjects }, actor: { $0.engineerId }, shown: { reply, _, _ in reply })
    }
}

/// A scope in one word, for lists of routes.
enum ScopeRule: String, Sendable, CaseIterable {
    /// Whoever comes: a signed link, or nothing that is anybody's.
    case open
    /// Everybody's whose role lets him.
    case company
    /// An engineer as himself.
    case himself
    /// What the message names.
    case about
    /// What of the answer is his.
    case shown
}

/// Holds messages against reaches: the one place where the door does.
struct ScopeBook: Sendable {
    /// Which of some things are within a reach that is not everything.
    let within: @Sendable (Set<Subject>, Reach) async throws -> Set<Subject>

    /// - Throws: `DoorRefusal.notFound` for what is out of somebody's reach: that it is there is not his to know.
    func admit<Asked, Reply>(_ asked: Asked, _ scope: Scope<Asked, Reply>, _ reach: Reach) async throws {
        if reach.isEverything { return }
        if let actor = scope.actor(asked) {
            if actor == reach.engineer { return }
            guard !reach.regions.isEmpty else { throw DoorRefusal.notFound }
        }
        let subjects = Set(scope.subjects(asked).compactMap { $0 })
        if subjects.isEmpty { return }
        guard try await within(subjects, reach) == subjects else { throw DoorRefusal.notFound }
    }

    /// - Throws: `DoorRefusal.notFound` where nothing of it is to be shown.
    func show<Asked, Reply>(_ reply: Reply, _ scope: Scope<Asked, Reply>, _ reach: Reach) async throws -> Reply {
        if reach.isEverything { return reply }
        guard let shown = try await scope.shown(reply, reach, self) else { throw DoorRefusal.notFound }
        return shown
    }

    func isWithin(_ subject: Subject, _ reach: Reach) async throws -> Bool {
        if reach.isEverything { return true }
        return try await !within([subject], reach).isEmpty
    }
}
