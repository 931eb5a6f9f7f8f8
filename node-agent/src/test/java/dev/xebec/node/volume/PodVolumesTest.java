package dev.xebec.node.volume;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.xebec.model.object.ApiObject;
import dev.xebec.model.object.Json;
import dev.xebec.node.environment.MissingReferenceException;
import dev.xebec.node.environment.PodFacts;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PodVolumesTest {
    @TempDir
    Path directory;

    private final Map<String, ObjectNode> objects = new HashMap<>();

    private static ObjectNode json(String text) {
        return Json.parseObject(text.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
    }

    private PodVolumes volumes(String volume) {
        ObjectNode pod = json("{'metadata':{'name':'p','namespace':'ns','labels':{'app':'web'}},'spec':{'volumes':["
                + volume + "]}}");
        return new PodVolumes(directory, new PodFacts(ApiObject.of(pod), "1.2.3.4", "", 1, 1),
                (resource, namespace, name) -> Optional.ofNullable(objects.get(resource.resource() + "/" + name))
                        .map(ApiObject::of),
                (about, audience, seconds) -> Optional.of("token-of-" + about.name()));
    }

    private Path file(String name) {
        return directory.resolve("volumes/v").resolve(name);
    }

    @Test
    void aConfigMapChangesAllAtOnce() throws IOException {
        objects.put("configmaps/c", json("{'data':{'a':'1','b':'2'},'binaryData':{'x':'AAE='}}"));
        PodVolumes volumes = volumes("{'name':'v','configMap':{'name':'c','defaultMode':256}}");
        volumes.prepare();
        assertThat(file("a")).hasContent("1");
        assertThat(file("x")).hasBinaryContent(new byte[]{0, 1});
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file("b")))).isEqualTo("r--------");
        Path before = file("..data").toRealPath();
        volumes.prepare();
        assertThat(file("..data").toRealPath()).as("nothing changed").isEqualTo(before);
        objects.put("configmaps/c", json("{'data':{'a':'new'}}"));
        volumes.prepare();
        assertThat(file("a")).hasContent("new");
        assertThat(Files.exists(file("b"), java.nio.file.LinkOption.NOFOLLOW_LINKS)).isFalse();
        assertThat(before).doesNotExist();
        assertThat(volumes.refreshes()).isTrue();
    }

    @Test
    void itemsChooseKeysAndPaths() throws IOException {
        objects.put("secrets/s", json("{'data':{'a':'b25l','b':'dHdv'}}"));
        volumes("{'name':'v','secret':{'secretName':'s','items':[{'key':'a','path':'deep/er/file','mode':448}]}}")
                .prepare();
        assertThat(file("deep/er/file")).hasContent("one");
        assertThat(file("b")).doesNotExist();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file("deep/er/file"))))
                .isEqualTo("rwx------");
    }

    @Test
    void projectedJoinsSources() throws IOException {
        objects.put("configmaps/c", json("{'data':{'ca.crt':'cert'}}"));
        volumes("{'name':'v','projected':{'sources':[{'configMap':{'name':'c'}},{'serviceAccountToken':{'path':'token'}},"
                + "{'downwardAPI':{'items':[{'path':'labels','fieldRef':{'fieldPath':'metadata.labels'}}]}}]}}")
                .prepare();
        assertThat(file("ca.crt")).hasContent("cert");
        assertThat(file("token")).hasContent("token-of-p");
        assertThat(file("labels")).hasContent("app=\"web\"");
    }

    @Test
    void whatIsMissingIsNamedUnlessOptional() throws IOException {
        assertThatThrownBy(() -> volumes("{'name':'v','configMap':{'name':'no'}}").prepare())
                .isInstanceOf(MissingReferenceException.class)
                .hasMessage("MountVolume.SetUp failed for volume \"v\" : configmap \"no\" not found");
        volumes("{'name':'v','configMap':{'name':'no','optional':true}}").prepare();
        assertThat(directory.resolve("volumes/v")).isDirectory();
        assertThatThrownBy(() -> volumes("{'name':'v','nfs':{'server':'s'}}").prepare()).hasMessageContaining("nfs");
    }

    @Test
    void pathsStayWithinTheVolume() {
        objects.put("configmaps/c", json("{'data':{'a':'1'}}"));
        assertThatThrownBy(() -> volumes("{'name':'v','configMap':{'name':'c','items':[{'key':'a','path':'../out'}]}}")
                .prepare()).hasMessageContaining("not within the volume");
        PodVolumes empty = volumes("{'name':'v','emptyDir':{}}");
        assertThatThrownBy(() -> {
            empty.prepare();
            empty.mounts(json("{'volumeMounts':[{'name':'v','mountPath':'/d','subPath':'../../x'}]}"), Map.of());
        }).hasMessageContaining("leaves the volume");
    }

    @Test
    void anEmptyDirKeepsWhatIsWritten() throws IOException {
        PodVolumes volumes = volumes("{'name':'v','emptyDir':{}}");
        volumes.prepare();
        Files.writeString(file("kept"), "yes");
        volumes.prepare();
        assertThat(file("kept")).hasContent("yes");
        var mounts = volumes.mounts(json("{'volumeMounts':[{'name':'v','mountPath':'/d','subPathExpr':'$(X)/sub'}]}"),
                Map.of("X", "x"));
        assertThat(mounts.get(0).source()).endsWith("volumes/v/x/sub");
        assertThat(Path.of(mounts.get(0).source())).isDirectory();
    }
}
