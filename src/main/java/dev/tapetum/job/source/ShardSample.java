package dev.tapetum.job.source;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.tapetum.config.DatasetSettings;
import dev.tapetum.image.RejectReason;
import dev.tapetum.table.RejectPart;
import dev.tapetum.table.RejectStage;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What the members of one WebDataset sample say together.
 *
 * <p>The image is the member whose extension (all behind the first dot of the name) is that of an image. A column is, in
 * this order: {@code path} (shard, {@code /}, key), {@code folder} (of the member in the tar), {@code __key__},
 * an entry of the sample's {@code .json} that is text, number or truth value, or the text of the member with this
 * extension, such as {@code cls}. A mask is named by its extension, such as {@code mask.png}.
 */
final class ShardSample {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Set<String> IMAGES = Set.of("jpg", "jpeg", "png", "bmp", "gif", "webp");
    /** Texts are labels and descriptions; one that is longer is none. */
    private static final long LONGEST_TEXT = 1 << 20;

    private final Shard shard;
    private final Map<String, TarMember> members = new LinkedHashMap<>();
    private final TarMembers tar;

    private @Nullable JsonNode json;

    private ShardSample(Shard shard, List<TarMember> members, TarMembers tar) {
        this.shard = shard;
        this.tar = tar;

        for (TarMember member : members) {
            this.members.putIfAbsent(extension(member), member);
        }
    }

    /** The shard that samples come from, by the name and path of its file. */
    record Shard(String name, String path, DatasetSettings dataset) {
        /** The reject that tells of a shard that cannot be read to its end. */
        ListedImage damaged(String what) {
            return rejected(name + "#", path, "Shard " + name + " is damaged: " + what);
        }

        private static ListedImage rejected(String id, String uri, String message) {
            RejectPart reject = new RejectPart(RejectStage.LIST, RejectReason.BAD_ENTRY.name(), message);
            return new ListedImage(id, uri, null, null, null, Map.of(), null, null, null, reject);
        }
    }

    /** The members of a sample as a listed image, a rejected one when they make none. */
    static ListedImage listed(Shard shard, List<TarMember> members, TarMembers tar) throws IOException {
        String key = key(members.get(0));

        try {
            return new ShardSample(shard, members, tar).listed(key);
        } catch (BadSampleException e) {
            return Shard.rejected(
                    shard.name + "/" + key, shard.path + "#" + key, "Sample " + key + ": " + e.getMessage());
        }
    }

    /** Whether two members belong to one sample. */
    static boolean sameKey(TarMember one, TarMember other) {
        return key(one).equals(key(other));
    }

    /** The path of a member up to the first dot of its file's name, as WebDataset has it. */
    static String key(TarMember member) {
        String path = path(member);
        int dot = path.indexOf('.', path.lastIndexOf('/') + 1);
        return dot < 0 ? path : path.substring(0, dot);
    }

    /** Whether a member is of no sample: hidden, or one of WebDataset's own notes such as {@code __index__}. */
    static boolean isAside(TarMember member) {
        String path = path(member);
        String file = path.substring(path.lastIndexOf('/') + 1);
        return FolderWalk.isHidden(file) || (file.startsWith("__") && file.endsWith("__"));
    }

    private static String path(TarMember member) {
        return member.name().startsWith("./") ? member.name().substring(2) : member.name();
    }

    private static String extension(TarMember member) {
        String path = path(member);
        return path.substring(Math.min(key(member).length() + 1, path.length())).toLowerCase(Locale.ROOT);
    }

    private ListedImage listed(String key) throws IOException, BadSampleException {
        DatasetSettings dataset = shard.dataset;
        TarMember image = image();
        String member = path(image);
        String id = text(dataset.imageId(), key, member);
        Map<String, String> attributes = new TreeMap<>();

        for (String name : dataset.attributes()) {
            String value = text(name, key, member);

            if (value != null) {
                attributes.put(name, value);
            }
        }

        TarMember mask =
                dataset.mask() == null ? null : members.get(dataset.mask().toLowerCase(Locale.ROOT));
        return new ListedImage(
                id == null ? shard.name + "/" + key : id,
                shard.path + "#" + member,
                range(image),
                null,
                text(dataset.label(), key, member),
                attributes,
                text(dataset.cluster(), key, member),
                mask == null ? null : range(mask),
                null,
                null);
    }

    /**
     * The sample's image: a member whose whole extension is an image's, else the only one whose extension ends in one, as
     * names with dots in them have.
     */
    private TarMember image() throws BadSampleException {
        List<TarMember> ending = members.entrySet().stream()
                .filter(member -> !member.getKey().equalsIgnoreCase(shard.dataset.mask()))
                .filter(member -> IMAGES.contains(
                        member.getKey().substring(member.getKey().lastIndexOf('.') + 1)))
                .map(Map.Entry::getValue)
                .toList();
        List<TarMember> plain = ending.stream()
                .filter(member -> IMAGES.contains(extension(member)))
                .toList();

        if (plain.isEmpty() && ending.size() > 1) {
            throw new BadSampleException("it has several images: " + names());
        } else if (ending.isEmpty()) {
            throw new BadSampleException("it has no image, only " + names());
        }

        return plain.isEmpty() ? ending.get(0) : plain.get(0);
    }

    private String names() {
        return String.join(
                ", ", members.values().stream().map(ShardSample::path).toList());
    }

    private FileRange range(TarMember member) throws BadSampleException {
        if (member.problem() != null) {
            throw new BadSampleException(path(member) + " has no content of its own: " + member.problem());
        }

        return new FileRange(shard.path, member.offset(), member.length());
    }

    private @Nullable String text(@Nullable String column, String key, String member)
            throws IOException, BadSampleException {
        if (column == null) {
            return null;
        }

        String value = switch (column) {
            case "path" -> shard.name + "/" + key;
            case "folder" -> new FolderEntry(member, FileRange.UNKNOWN, false).folderName();
            case "__key__" -> key;
            default -> entry(column);
        };
        return value == null || value.isEmpty() ? null : value;
    }

    private @Nullable String entry(String column) throws IOException, BadSampleException {
        JsonNode value = json().path(column);

        if (value.isValueNode() && !value.isNull()) {
            return value.asText();
        }

        TarMember text = members.get(column.toLowerCase(Locale.ROOT));
        return text == null ? null : content(text).strip();
    }

    private JsonNode json() throws IOException, BadSampleException {
        JsonNode known = json;

        if (known == null) {
            TarMember member = members.get("json");

            try {
                known = member == null ? MissingNode.getInstance() : JSON.readTree(content(member));
            } catch (JsonProcessingException e) {
                throw new BadSampleException(path(member) + " is not JSON: " + Causes.sentence(e));
            }

            json = known;
        }

        return known;
    }

    private String content(TarMember member) throws IOException, BadSampleException {
        range(member);

        if (member.length() > LONGEST_TEXT) {
            throw new BadSampleException(
                    path(member) + " has " + member.length() + " bytes, the limit for a text is " + LONGEST_TEXT);
        }

        return new String(tar.content(member), UTF_8);
    }

    /** What keeps a sample from being an image, as the end of a sentence. */
    private static final class BadSampleException extends Exception {
        private static final long serialVersionUID = 1L;

        BadSampleException(String message) {
            super(message);
        }
    }
}
