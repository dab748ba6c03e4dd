import FoundationEssentials

extension DomainClock {
    /// The clock that the environment asks for: real time, unless `MENDLOOP_TIME_EPOCH` (an RFC 3339 instant) and
    /// `MENDLOOP_TIME_SCALE` (1…1440) are both set.
    ///
    /// - Throws: ``SettingsError`` when one of the two is wrong or stands alone.
    public init(settings: Settings) throws(SettingsError) {
        let epoch = try settings.optionalInstant("MENDLOOP_TIME_EPOCH")
        let factor = try settings.integer("MENDLOOP_TIME_SCALE", in: 1...Self.largestFactor, default: 0)
        switch (epoch, factor) {
        case (nil, 0): self = .real
        case (nil, _):
            throw .missing(name: "MENDLOOP_TIME_EPOCH", expected: "an instant, because MENDLOOP_TIME_SCALE is set")
        case (_?, 0):
            throw .missing(name: "MENDLOOP_TIME_SCALE", expected: "1 to 1440, because MENDLOOP_TIME_EPOCH is set")
        case (let epoch?, let factor): self = .scaled(epoch: epoch, factor: factor)
        }
    }
}
