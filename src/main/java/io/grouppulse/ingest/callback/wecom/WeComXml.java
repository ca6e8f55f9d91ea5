package io.grouppulse.ingest.callback.wecom;

import io.grouppulse.ingest.callback.RefusedCallback;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/**
 * A document as WeCom writes them: fields under one root, and one list of members. Document types and entities are refused.
 *
 * @param fields texts of the elements under the root
 * @param members texts of the items of {@code MemChangeList}, null if there is no such list
 */
record WeComXml(Map<String, String> fields, @Nullable List<String> members) {
    /** One for each thread: the JDK does not say that a factory may be shared. */
    private static final ThreadLocal<XMLInputFactory> FACTORY = ThreadLocal.withInitial(WeComXml::factory);

    private static final String LIST = "MemChangeList";
    private static final int FIELD = 2;
    private static final int ITEM = 3;
    private static final int DEEPEST = 16;

    private static XMLInputFactory factory() {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_NAMESPACE_AWARE, false);
        factory.setProperty(XMLInputFactory.IS_COALESCING, true);
        return factory;
    }

    static WeComXml read(String document) throws RefusedCallback {
        try {
            return new Reading().read(FACTORY.get().createXMLStreamReader(new StringReader(document)));
        } catch (XMLStreamException | RuntimeException e) {
            // the JDK's reader answers some broken documents with exceptions of other kinds
            throw malformed("not well-formed XML");
        }
    }

    /** @throws RefusedCallback if there is no such field */
    String need(String field) throws RefusedCallback {
        String text = fields.get(field);
        if (text == null || text.isEmpty()) {
            throw malformed(field + " is missing");
        }
        return text;
    }

    /** The text of a field, empty if there is none. */
    String get(String field) {
        return fields.getOrDefault(field, "");
    }

    static RefusedCallback malformed(String detail) {
        return new RefusedCallback(RefusedCallback.Reason.MALFORMED, detail);
    }

    /** One pass over a document. */
    private static final class Reading {
        private final Map<String, String> fields = new HashMap<>();
        private @Nullable List<String> members;
        private String field = "";
        private final StringBuilder text = new StringBuilder();
        private int depth;

        WeComXml read(XMLStreamReader xml) throws XMLStreamException, RefusedCallback {
            while (xml.hasNext()) {
                switch (xml.next()) {
                    case XMLStreamConstants.START_ELEMENT -> start(xml.getLocalName());
                    case XMLStreamConstants.END_ELEMENT -> end(xml.getLocalName());
                    case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA -> text.append(xml.getText());
                    case XMLStreamConstants.DTD, XMLStreamConstants.ENTITY_REFERENCE ->
                        throw malformed("document types and entities are refused");
                    default -> {
                        // comments, instructions and white space say nothing
                    }
                }
            }
            return new WeComXml(Map.copyOf(fields), members == null ? null : List.copyOf(members));
        }

        private void start(String name) throws RefusedCallback {
            depth++;
            text.setLength(0);
            if (depth > DEEPEST) {
                throw malformed("nested too deep");
            }
            if (depth == FIELD) {
                field = name;
                if (name.equals(LIST)) {
                    members = new ArrayList<>();
                }
            }
        }

        private void end(String name) throws RefusedCallback {
            if (depth == FIELD && fields.put(name, text.toString().strip()) != null) {
                throw malformed(name.length() > 40 ? "a field is given twice" : name + " is given twice");
            }
            if (depth == ITEM && field.equals(LIST) && name.equals("Item") && members != null) {
                members.add(text.toString().strip());
            }
            text.setLength(0);
            depth--;
        }
    }
}
