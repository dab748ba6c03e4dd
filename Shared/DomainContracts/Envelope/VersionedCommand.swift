/// A command that may say which version of its subject its sender has seen. Where there is another by now it is refused, and
/// nothing is lost that somebody else has written in between.
public protocol VersionedCommand: Command {
    var expectedVersion: Int? { get }
    /// The code of that refusal.
    static var outdatedCode: String { get }
}

extension VersionedCommand {
    public static var outdatedCode: String { "version-mismatch" }
}

extension HoldWorkOrder: VersionedCommand {}
extension ResumeWorkOrder: VersionedCommand {}
extension CancelWorkOrder: VersionedCommand {}
extension ReopenWorkOrder: VersionedCommand {}
extension ResolveRemotely: VersionedCommand {}
extension MergeWorkOrder: VersionedCommand {}
extension UnmergeWorkOrder: VersionedCommand {}
extension DismissDuplicate: VersionedCommand {}
extension MergeServiceRequest: VersionedCommand {}
extension UnmergeServiceRequest: VersionedCommand {}
extension DismissRequestDuplicate: VersionedCommand {}
extension AnswerServiceRequest: VersionedCommand {}
extension MarkAsSpam: VersionedCommand {}
extension DecideEntitlementDispute: VersionedCommand {}
extension ChangeUser: VersionedCommand {}
extension RegisterCustomer: VersionedCommand {}
extension RegisterSite: VersionedCommand {}
extension RegisterContact: VersionedCommand {}
extension RegisterProductModel: VersionedCommand {}
extension RegisterDevice: VersionedCommand {}
extension RegisterEngineer: VersionedCommand {}
extension SetShift: VersionedCommand {}
extension SetLeave: VersionedCommand {}
extension PinVisit: VersionedCommand {}
extension SetCustomerEngineers: VersionedCommand {}
extension RegisterContract: VersionedCommand {}

extension PublishQuestionnaire: VersionedCommand {
    public static let outdatedCode = "questionnaire-changed"
}

extension SetBusinessCalendar: VersionedCommand {
    public static let outdatedCode = "calendar-changed"
}

extension PublishServiceLevels: VersionedCommand {
    public static let outdatedCode = "service-levels-changed"
}

extension SetMaintenancePlan: VersionedCommand {
    public static let outdatedCode = "maintenance-plan-changed"
}

extension EndMaintenancePlan: VersionedCommand {
    public static let outdatedCode = "maintenance-plan-changed"
}

extension SetRules: VersionedCommand {
    public static let outdatedCode = "rules-changed"
}
