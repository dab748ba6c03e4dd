import FoundationEssentials

/// Empties console's read models and builds them anew from what the services have told. Answers grow whole meanwhile.
public struct RebuildReadModels: Command, Equatable {
    public static let service = ServiceName.console
    public static let wireName = "rebuild-read-models"

    public init() {
    }
}

/// How whole console's read models are.
public struct ReadModelsQuery: Query, Equatable {
    public typealias Reply = ReadModelsAnswer
    public static let service = ServiceName.console
    public static let wireName = "read-models"

    public init() {
    }
}

/// What the read models hold, and which services' past is still being read.
public struct ReadModelsAnswer: Codable, Sendable, Equatable {
    /// Every service's past has been read; what is new comes as it is told.
    public var isWhole: Bool
    public var sources: [ReadModelSource]
    public var customers: Int
    public var devices: Int
    public var workOrders: Int
    /// Lines of all stories.
    public var lines: Int

    public init(
        isWhole: Bool, sources: [ReadModelSource] = [], customers: Int, devices: Int, workOrders: Int, lines: Int
    ) {
        self.isWhole = isWhole
        self.sources = sources
        self.customers = customers
        self.devices = devices
        self.workOrders = workOrders
        self.lines = lines
    }
}

/// One service as a source of the read models.
public struct ReadModelSource: Codable, Sendable, Hashable {
    public var service: String
    /// How far its past has been read, in its own count.
    public var position: Int
    public var isWhole: Bool

    public init(service: String, position: Int, isWhole: Bool) {
        self.service = service
        self.position = position
        self.isWhole = isWhole
    }
}
