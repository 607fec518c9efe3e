package ai.fastn.camunda.effect;

/**
 * One call of a {@code fastn.*} function as it leaves the guest.
 *
 * @param name which function: {@code connector.hubspotCrm.getDeal}, {@code db.query}, {@code state.get},
 *     {@code secrets.get}
 * @param arguments the arguments as one JSON object; its members depend on the function
 */
public record EffectRequest(String name, String arguments) {

    /** The first word of the name: which effect performs it. */
    public String family() {
        int dot = name.indexOf('.');
        return dot < 0 ? name : name.substring(0, dot);
    }
}
