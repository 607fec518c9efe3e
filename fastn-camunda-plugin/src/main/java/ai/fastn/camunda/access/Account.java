package ai.fastn.camunda.access;

import java.security.SecureRandom;
import java.util.Optional;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The installation itself, as callers name it in {@code x-fastn-account-id}. */
public record Account(String id) {

    private static final int RANDOM_LENGTH = 16;

    /** The configured id, or else one that is made at the first start and kept in the database. */
    public static Account loadOrCreate(DataSource plugin, Optional<String> configured) {
        return new Account(configured.orElseGet(() -> stored(JdbcClient.create(plugin))));
    }

    private static String stored(JdbcClient jdbc) {
        jdbc.sql("INSERT INTO fastn_account (id) VALUES (?) ON CONFLICT DO NOTHING")
                .param("acc_" + RandomText.ofLength(RANDOM_LENGTH, new SecureRandom()))
                .update();
        return jdbc.sql("SELECT id FROM fastn_account").query(String.class).single();
    }
}
