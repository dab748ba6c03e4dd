import Foundation
import LocalStack

/// A node of the broker that does not reach the others, nor they it, while clients reach all of them. It ends with this
/// object, and with this process, however that ends.
final class Partition {
    private enum Way {
        /// A shell that takes its rules away again when its input ends.
        case rules(Companion)
        /// Where no rules can be made, the node is stopped: it says nothing to anybody, its clients included.
        case frozen(LocalStack.ServerControl)
    }

    private let way: Way
    private var isOver = false

    /// Cuts a node off. What is dropped is what nodes say to each other, on ports of this stack's own.
    static func cut(_ number: Int, of stack: LocalStack) async throws -> Partition {
        let nodes = try stack.brokerNodes()
        let ports = nodes.map { "\($0.distributionPort)" }.joined(separator: ",")
        let one = nodes.filter { $0.number == number }.map(\.host)
        let others = nodes.filter { $0.number != number }.map(\.host)
        do {
            let shell = try Companion(
                URL(fileURLWithPath: "/bin/sh"), ["-c", script, "partition", ports] + one + others)
            return Partition(.rules(shell))
        } catch {
            print("iptables can drop nothing here: node \(number) is frozen instead of being cut off")
            let node = stack.brokerNode(number)
            try await node.freeze()
            return Partition(.frozen(node))
        }
    }

    private init(_ way: Way) { self.way = way }

    /// Ends it. A node that was stopped is started anew: it comes back without having noticed anything, the others have
    /// given it up, and RabbitMQ leaves their ideas of what queues and bindings there are apart until somebody does.
    func heal() async throws {
        guard !isOver else { return }
        switch way {
        case .rules(let shell): shell.finish()
        case .frozen(let node):
            try await node.kill()
            try await node.start()
        }
        isOver = true
    }

    deinit {
        guard !isOver else { return }
        switch way {
        case .rules(let shell): shell.finish()
        case .frozen(let node): try? node.thaw()
        }
    }

    private static let script = """
        ports=$1; node=$2; shift 2
        each() {
            way=$1; shift
            for other in "$@"; do
                for pair in "$node $other" "$other $node"; do
                    iptables --wait 10 "$way" INPUT -i lo -p tcp -m multiport --ports "$ports" \\
                        -s "${pair% *}" -d "${pair#* }" -j DROP || return 1
                done
            done
        }
        each -I "$@" || { each -D "$@"; exit 1; }
        echo cut
        read -r healed
        each -D "$@"
        """
}
