import DomainContracts
import FoundationEssentials

/// Somebody who may sign in at the door.
struct User: Codable, Sendable, Equatable {
    let userId: UUID
    let login: String
    var name: String
    var roles: [UserRole]
    var engineerId: UUID?
    var customerId: UUID?
    var regionCodes: [String]
    var status = UserStatus.active
    var passwordHash: String
    var mustChangePassword = true
    /// Raised whenever what he signed in to has to end: what was given out under an older number is void.
    var signInEpoch = 1

    /// How tokens name him: an engineer and a customer by the id that the services know, others by the user's.
    var subject: String {
        switch Set(roles) {
        case [.engineer]: engineerId?.text ?? userId.text
        case [.customer]: customerId?.text ?? userId.text
        default: userId.text
        }
    }

    /// How the audit names him: of the engineers or people of a customer that tokens name alike, which one.
    var person: String { userId.text }

    /// What is wrong with him, by pointer into the command.
    var faults: [FieldProblem] {
        var faults: [FieldProblem] = []
        if !(1...100).contains(name.count)
            || name.unicodeScalars.contains(where: { $0.properties.generalCategory == .control })
        {
            faults.append(FieldProblem("/data/name", "length", "expected 1 to 100 characters"))
        }
        if roles.isEmpty { faults.append(FieldProblem("/data/roles", "required", "expected at least one")) }
        for (index, role) in roles.enumerated() where !role.isKnown {
            let known = UserRole.known.map(\.rawValue).joined(separator: ", ")
            faults.append(FieldProblem("/data/roles/\(index)", "unknown-value", "expected one of \(known)"))
        }
        if roles.contains(.customer), Set(roles).count > 1 {
            faults.append(FieldProblem("/data/roles", "unexpected", "a customer is nothing else beside"))
        }
        faults += fault("/data/engineerId", engineerId, of: .engineer)
        faults += fault("/data/customerId", customerId, of: .customer)
        if regionCodes.count > 200 {
            faults.append(FieldProblem("/data/regionCodes", "too-many", "expected at most 200"))
        }
        for (index, code) in regionCodes.enumerated() where code.wholeMatch(of: /[0-9A-Za-z-]{1,12}/) == nil {
            faults.append(
                FieldProblem("/data/regionCodes/\(index)", "not-a-region", "expected the beginning of a region code"))
        }
        return faults
    }

    /// Who has the role says which one he is, and nobody else does.
    private func fault(_ pointer: String, _ id: UUID?, of role: UserRole) -> [FieldProblem] {
        switch (roles.contains(role), id) {
        case (true, nil): [FieldProblem(pointer, "required", "is required of the role \(role)")]
        case (false, .some): [FieldProblem(pointer, "unexpected", "is for the role \(role) alone")]
        default: []
        }
    }
}

/// A login, large and small letters alike.
enum Login {
    /// Nil for what can be none.
    static func folded(_ text: String) -> String? {
        let folded = text.lowercased()
        return folded.wholeMatch(of: /[\p{L}\p{N}._@+\-]{2,80}/) == nil ? nil : folded
    }
}
