import DomainContracts

extension AppendMessage {
    /// Longest text of a message, characters.
    static let textLimit = 8_000

    /// With blank texts taken as absent, and what is wrong with it.
    func checked() -> (message: AppendMessage, errors: [FieldProblem]) {
        var message = self
        var errors: [FieldProblem] = []
        CheckedReport.text(&message.text, "/data/text", limit: Self.textLimit, &errors)
        if !kind.isKnown {
            errors.append(
                FieldProblem(
                    "/data/kind", "unknown-value",
                    "must be one of " + MessageKind.known.map(\.rawValue).joined(separator: ", ")))
        }
        errors += AttachmentCheck.problems(attachments)
        if kind != .reminder, message.text == nil, attachments.isEmpty {
            errors.append(FieldProblem("/data/text", "required", "must say something, unless it is a reminder"))
        }
        if [requestId != nil, workOrderId != nil, workOrderNumber != nil].count(where: { $0 }) != 1 {
            errors.append(
                FieldProblem(
                    "/data/requestId", "required", "exactly one of requestId, workOrderId and workOrderNumber"))
        }
        return (message, errors)
    }
}
