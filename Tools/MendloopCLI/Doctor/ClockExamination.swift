import Foundation

/// Another machine's clock beside this one's.
struct ClockExamination {
    /// More than this and deadlines, leases and tokens are judged differently by different machines.
    static let mostApart = 2.0

    let server: String
    /// Seconds by which it is ahead of this machine.
    let ahead: Double
    /// How exactly that is known, seconds.
    let exactness: Double

    /// - Parameters:
    ///   - time: what the server said, in seconds since 1970.
    ///   - unit: of how many seconds it is a whole number.
    ///   - asked: when it was asked, by this machine's clock.
    ///   - answered: when it had answered.
    init(_ server: String, said time: Double, inWhole unit: Double = 0, asked: Date, answered: Date) {
        let roundTrip = answered.timeIntervalSince(asked)
        self.server = server
        ahead = time + unit / 2 - asked.timeIntervalSince1970 - roundTrip / 2
        exactness = roundTrip / 2 + unit / 2
    }

    var finding: DoctorReport.Finding {
        let apart = max(abs(ahead) - exactness, 0)
        guard apart > Self.mostApart else { return .well("clocks", "\(server)'s agrees with this machine's") }
        return .wrong(
            "clocks",
            "\(server)'s is \(Int(abs(ahead).rounded())) s \(ahead > 0 ? "ahead of" : "behind") this machine's",
            "set both by NTP (timedatectl, chronyc tracking): leases, tokens and deadlines are judged by them")
    }
}
