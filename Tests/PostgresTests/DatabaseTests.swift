import Testing

/// One after another: each test opens sessions of its own, and a hundred tests at once would wait for the server to
/// fork.
@Suite(.serialized)
enum DatabaseTests {}
