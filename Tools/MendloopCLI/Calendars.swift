import ArgumentParser
import DomainContracts
import Foundation

/// Business calendars; docs/sla.md says how they are written.
struct Calendars: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Business calendars: show one, set one.", subcommands: [CalendarsShow.self, CalendarsSet.self])
}

struct CalendarsShow: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show",
        abstract: "A calendar in force, as JSON that `calendars set` takes; without a name, all names.")

    @OptionGroup var stack: Stack

    @Argument(help: "Its name, such as working_hours.")
    var name: String?

    @Option(name: .long, help: "An earlier version.")
    var version: Int?

    func run() async throws {
        let door = try await stack.broker()
        let answer = try await door.ask(BusinessCalendarQuery(name: name ?? "", calendarVersion: version))
        await door.close()
        guard let name else {
            print(answer.names.joined(separator: "\n"))
            return
        }
        guard let calendar = answer.calendar, let version = answer.calendarVersion else {
            let which = version.map { "version \($0) of the calendar \(name)" } ?? "calendar \(name)"
            throw ValidationError("there is no \(which); there are: \(answer.names.joined(separator: ", "))")
        }
        let author = answer.changedBy.map { " by \($0)" } ?? ""
        let origin = answer.changedAt.map { "set \(Moment.text($0))\(author)" } ?? "came with Mendloop"
        let holidays = answer.holidaysKnownThrough.map { ", holidays known through \($0)" } ?? ""
        Terminal.note("version \(version), \(origin)\(holidays)")
        print(try Output.json(calendar))
    }
}

struct CalendarsSet: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "set", abstract: "Set a calendar. Open clocks in it are reckoned anew.")

    @OptionGroup var stack: Stack

    @Argument(help: "Its name, such as working_hours.")
    var name: String

    @Argument(help: "The file, as `calendars show` prints it.", completion: .file())
    var file: String

    @Option(name: .long, help: "Only if this version is in force still; 0 for a new calendar.")
    var expectedVersion: Int?

    func run() async throws {
        let calendar = try JSONFile.read(CalendarRules.self, from: file)
        let door = try await stack.broker()
        let answer = try await door.order(
            SetBusinessCalendar(name: name, calendar: calendar, expectedVersion: expectedVersion))
        await door.close()
        print("version \(answer.version) of \(name) is in force")
    }
}
