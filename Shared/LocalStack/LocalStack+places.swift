extension LocalStack {
    /// Where a stack keeps what: the servers' files, and the files with passwords in them, there or not.
    public struct Places: Sendable {
        public var data: String
        public var secrets: [String]
    }

    public var places: Places {
        let settings = (try? StackSettings.load(from: folder)).flatMap(\.self)
        let ofBroker = (settings?.brokerNodes ?? []).flatMap {
            [$0.folder + "/home/.erlang.cookie", $0.folder + "/rabbitmq.conf"]
        }
        return Places(data: settings?.dataFolder ?? folder.path, secrets: [folder.credentialsPath] + ofBroker)
    }

    /// Whether somebody on this machine listens on a port.
    public static func isListenedOn(_ port: UInt16) -> Bool { !LoopbackPorts.isFree(port) }
}
