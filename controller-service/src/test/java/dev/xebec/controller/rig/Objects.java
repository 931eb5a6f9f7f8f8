package dev.xebec.controller.rig;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.xebec.model.object.ApiObject;
import dev.xebec.model.object.Json;
import java.nio.charset.StandardCharsets;

/** Objects for tests, written as a user would. */
public final class Objects {
    private Objects() {}

    /** JSON with single quotes for double ones. */
    public static ApiObject json(String text) {
        return ApiObject.parse(text.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
    }

    public static ObjectNode tree(String text) {
        return Json.parseObject(text.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
    }

    public static ApiObject deployment(String name, int replicas, String image, String more) {
        return json("""
                {'apiVersion':'apps/v1','kind':'Deployment','metadata':{'name':'%s','namespace':'default'},
                 'spec':{'replicas':%d,'selector':{'matchLabels':{'app':'%s'}},%s
                  'template':{'metadata':{'labels':{'app':'%s'}},
                   'spec':{'containers':[{'name':'main','image':'%s'}]}}}}
                """.formatted(name, replicas, name, more, name, image));
    }

    public static ApiObject replicaSet(String name, int replicas) {
        return json("""
                {'apiVersion':'apps/v1','kind':'ReplicaSet','metadata':{'name':'%s','namespace':'default'},
                 'spec':{'replicas':%d,'selector':{'matchLabels':{'app':'%s'}},
                  'template':{'metadata':{'labels':{'app':'%s'}},
                   'spec':{'containers':[{'name':'main','image':'a:1'}]}}}}
                """.formatted(name, replicas, name, name));
    }

    public static ApiObject pod(String name, String label) {
        return json("""
                {'apiVersion':'v1','kind':'Pod','metadata':{'name':'%s','namespace':'default',
                 'labels':{'app':'%s'}},'spec':{'containers':[{'name':'main','image':'a:1',
                 'ports':[{'name':'web','containerPort':8080}]}]}}
                """.formatted(name, label));
    }

    public static ApiObject named(String apiVersion, String kind, String namespace, String name) {
        ObjectNode tree = Json.object().put("apiVersion", apiVersion).put("kind", kind);
        ObjectNode metadata = tree.putObject("metadata").put("name", name);
        if (!namespace.isEmpty()) {
            metadata.put("namespace", namespace);
        }
        return ApiObject.of(tree);
    }
}
