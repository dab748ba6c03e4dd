import DomainContracts

/// What may be wrong with the files that a message names.
enum AttachmentCheck {
    static let most = 50

    static func problems(_ attachments: [Attachment]) -> [FieldProblem] {
        var problems: [FieldProblem] = []
        if attachments.count > most {
            problems.append(FieldProblem("/data/attachments", "too-many", "names more than \(most) files"))
        }
        for (index, file) in attachments.enumerated() {
            let pointer = "/data/attachments/\(index)"
            if file.dataref.trimmed.isEmpty || file.dataref.count > 2_048 || file.dataref.hasControlCharacters {
                problems.append(FieldProblem(pointer + "/dataref", "required", "must name where the file is"))
            }
            if !file.mediaType.contains("/") || file.mediaType.count > 200 || file.mediaType.hasControlCharacters {
                problems.append(
                    FieldProblem(pointer + "/mediaType", "not-a-media-type", "is no media type such as image/jpeg"))
            }
            if let hash = file.sha256, hash.count != 64 || !hash.allSatisfy({ $0.isASCII && $0.isHexDigit }) {
                problems.append(FieldProblem(pointer + "/sha256", "not-a-hash", "must be 64 hexadecimal digits"))
            }
        }
        return problems
    }
}
