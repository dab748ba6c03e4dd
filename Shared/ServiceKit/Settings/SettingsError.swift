/// What is wrong with a setting. Each case names the variable and says what was expected; none holds a secret's value.
public enum SettingsError: Error, Equatable, CustomStringConvertible {
    /// The variable is not set, nor is its `_FILE` form.
    case missing(name: String, expected: String)
    /// The variable is set to something else than what was expected. `value` is nil for a secret.
    case invalid(name: String, value: String?, expected: String)
    /// Both the variable and its `_FILE` form are set: which of the two is meant?
    case ambiguous(name: String)
    /// The file that the `_FILE` form names cannot be read as UTF-8 text.
    case unreadableFile(name: String, path: String)

    public var description: String {
        switch self {
        case .missing(let name, let expected):
            "\(name) is not set; expected \(expected) (or \(name)_FILE naming a file that holds it)"
        case .invalid(let name, let value?, let expected):
            "\(name) is “\(value)”; expected \(expected)"
        case .invalid(let name, nil, let expected):
            "\(name) has a value that is not what was expected: \(expected)"
        case .ambiguous(let name):
            "\(name) and \(name)_FILE are both set; set one of them"
        case .unreadableFile(let name, let path):
            "\(name)_FILE names “\(path)”, which cannot be read as text"
        }
    }
}
