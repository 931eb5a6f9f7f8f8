package dev.xebec.gateway.custom;

/** Definitions for tests: Ships of {@code example.com}. */
final class Ships {
    static final String DEFINITIONS = "/apis/apiextensions.k8s.io/v1/customresourcedefinitions";
    static final String DEFINITION = DEFINITIONS + "/ships.example.com";
    static final String V1 = "/apis/example.com/v1/namespaces/default/ships";
    static final String V2 = "/apis/example.com/v2/namespaces/default/ships";
    private static final String SCHEMA = """
            {'type':'object','properties':{
              'spec':{'type':'object','properties':{'replicas':{'type':'integer'},'color':{'type':'string'},
                'masts':{'type':'integer','default':3}}},
              'status':{'type':'object','properties':{'replicas':{'type':'integer'},'selector':{'type':'string'}}}}}
            """;

    private Ships() {}

    /** One version, with status and scale, a column, a selectable field, a short name and a category. */
    static String one() {
        return definition("ships", "Ship", "Namespaced", "'shortNames':['sh'],'categories':['all']",
                version("v1", true, true));
    }

    /** Two served versions, stored in the first. */
    static String two() {
        return definition("ships", "Ship", "Namespaced", "'shortNames':['sh']",
                version("v1", true, true) + "," + version("v2", true, false));
    }

    /** Two served versions, stored in the second. */
    static String twoStoredInV2() {
        return definition("ships", "Ship", "Namespaced", "'shortNames':['sh']",
                version("v1", true, false) + "," + version("v2", true, true));
    }

    static String definition(String plural, String kind, String scope, String moreNames, String versions) {
        return "{'apiVersion':'apiextensions.k8s.io/v1','kind':'CustomResourceDefinition','metadata':{'name':'" + plural
                + ".example.com'},'spec':{'group':'example.com','scope':'" + scope + "','names':{'plural':'" + plural
                + "','kind':'" + kind + "'" + (moreNames.isEmpty() ? "" : "," + moreNames) + "},'versions':[" + versions
                + "]}}";
    }

    static String version(String name, boolean served, boolean storage) {
        return "{'name':'" + name + "','served':" + served + ",'storage':" + storage
                + ",'schema':{'openAPIV3Schema':" + SCHEMA
                + "},'subresources':{'status':{},'scale':{'specReplicasPath':'.spec.replicas',"
                + "'statusReplicasPath':'.status.replicas','labelSelectorPath':'.status.selector'}},"
                + "'selectableFields':[{'jsonPath':'.spec.color'}],"
                + "'additionalPrinterColumns':[{'name':'Color','type':'string','jsonPath':'.spec.color'}]}";
    }

    static String ship(String version, String name, String spec) {
        return "{'apiVersion':'example.com/" + version + "','kind':'Ship','metadata':{'name':'" + name + "'},'spec':{"
                + spec + "}}";
    }
}
