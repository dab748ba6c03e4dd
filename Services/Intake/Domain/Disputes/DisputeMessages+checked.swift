import DomainContracts

extension DisputeEntitlement {
    /// Trimmed, with blank members taken as absent, and what is wrong with it.
    ///
    /// - Parameter today: the day on which it is said.
    func checked(today: CalendarDay) -> (command: DisputeEntitlement, errors: [FieldProblem]) {
        var command = self
        var errors: [FieldProblem] = []
        var statement: String? = self.statement
        CheckedReport.text(&statement, "/data/statement", limit: AppendMessage.textLimit, &errors)
        command.statement = statement ?? ""
        if command.statement.isEmpty {
            errors.append(FieldProblem("/data/statement", "required", "must say what is disputed, and why"))
        }
        if !reason.isKnown {
            errors.append(
                FieldProblem(
                    "/data/reason", "unknown-value",
                    "must be one of " + DisputeReason.known.map(\.rawValue).joined(separator: ", ")))
        }
        errors += AttachmentCheck.problems(evidence).map {
            FieldProblem("/data/evidence" + $0.pointer.dropFirst("/data/attachments".count), $0.code, $0.detail)
        }
        errors += command.claim.map { $0.problems(at: "/data/claim", today: today) } ?? []
        return (command, errors)
    }
}

extension DecideEntitlementDispute {
    /// - Parameter today: the day on which it is said.
    func problems(today: CalendarDay) -> [FieldProblem] {
        var errors: [FieldProblem] = []
        if !DisputeStatus.decisions.contains(decision) {
            errors.append(
                FieldProblem(
                    "/data/decision", "unknown-value",
                    "must be one of " + DisputeStatus.decisions.map(\.rawValue).joined(separator: ", ")))
        }
        if decision == .partlyUpheld, (cover ?? .nothing) == .nothing {
            errors.append(FieldProblem("/data/cover", "required", "must name what becomes free"))
        }
        if decision != .partlyUpheld, cover != nil {
            errors.append(FieldProblem("/data/cover", "unexpected", "only partly_upheld names what becomes free"))
        }
        return errors + (accepted.map { $0.problems(at: "/data/accepted", today: today) } ?? [])
    }
}

extension EntitlementClaim {
    fileprivate func problems(at pointer: String, today: CalendarDay) -> [FieldProblem] {
        var errors: [FieldProblem] = []
        for (name, day) in [("purchasedOn", purchasedOn), ("warrantyEndsOn", warrantyEndsOn)] {
            if let day, CalendarDay(day) == nil {
                errors.append(
                    FieldProblem("\(pointer)/\(name)", "not-a-date", "must be an existing day such as 2026-11-21"))
            }
        }
        if let day = purchasedOn.flatMap({ CalendarDay($0) }), day > today {
            errors.append(FieldProblem("\(pointer)/purchasedOn", "in-future", "must not lie in the future"))
        }
        if let number = contractNumber,
            number.trimmed.isEmpty || number.isLonger(than: 64) || number.hasControlCharacters
        {
            errors.append(FieldProblem("\(pointer)/contractNumber", "length", "must have 1 to 64 characters"))
        }
        return errors
    }
}
