import ArgumentParser
import DomainContracts
import Foundation

struct DeviceShow: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "device", abstract: "Everything that happened to one device, in order.",
        discussion:
            "Console has to run: ./mendloop up starts it. ./mendloop find finds devices by a part of their number.")

    @OptionGroup var stack: Stack
    @OptionGroup var output: Output

    @Argument(help: "Its serial number, or its id.")
    var device: String

    func run() async throws {
        let door = try await stack.broker()
        let id = UUID(uuidString: device)
        var query = DeviceHistoryQuery(deviceId: id, serialNumber: id == nil ? device : nil, limit: 200)
        var history = try await door.ask(query)
        while let cursor = history.cursor {
            query.cursor = cursor
            let page = try await door.ask(query)
            history.lines += page.lines
            history.cursor = page.cursor
        }
        await door.close()
        guard history.found else { throw ValidationError("there is no device “\(device)”") }
        print(output.isJSON ? try Output.json(history) : StoryTable.text(history.lines))
    }
}
