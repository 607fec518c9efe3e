package ai.fastn.camunda.engine;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.camunda.bpm.engine.impl.cmd.AcquireJobsCmd;
import org.camunda.bpm.engine.impl.db.sql.DbSqlSession;
import org.camunda.bpm.engine.impl.interceptor.CommandContext;
import org.camunda.bpm.engine.impl.jobexecutor.AcquiredJobs;
import org.camunda.bpm.engine.impl.jobexecutor.JobExecutor;
import org.camunda.bpm.engine.impl.persistence.entity.AcquirableJobEntity;
import org.camunda.bpm.engine.impl.persistence.entity.ProcessDefinitionEntity;

/** Acquires jobs, those of workflows with a longer lock; a node without a lease gets none. */
final class AcquireRunJobs extends AcquireJobsCmd {

    private static final String DEFINITIONS =
            "SELECT id_, process_def_id_ FROM act_ru_job WHERE id_ = ANY (?) AND process_def_id_ IS NOT NULL";

    private final NodeLease lease;

    AcquireRunJobs(JobExecutor executor, int count, NodeLease lease) {
        super(executor, count);
        this.lease = lease;
    }

    @Override
    public AcquiredJobs execute(CommandContext context) {
        if (!lease.isHeld()) {
            return new AcquiredJobs(numJobsToAcquire);
        }
        AcquiredJobs acquired = super.execute(context);
        List<String> ids =
                acquired.getJobIdBatches().stream().flatMap(Collection::stream).toList();
        if (!ids.isEmpty()) {
            lockLonger(context, ids);
        }
        return acquired;
    }

    private static void lockLonger(CommandContext context, List<String> ids) {
        for (String id : ofWorkflows(context, ids)) {
            AcquirableJobEntity job = context.getDbEntityManager().getCachedEntity(AcquirableJobEntity.class, id);
            job.setLockExpirationTime(LongLock.fromNow());
        }
    }

    private static Set<String> ofWorkflows(CommandContext context, List<String> ids) {
        Connection connection =
                context.getSession(DbSqlSession.class).getSqlSession().getConnection();
        Set<String> found = new HashSet<>();
        try (PreparedStatement select = connection.prepareStatement(DEFINITIONS)) {
            Array array = connection.createArrayOf("text", ids.toArray());
            select.setArray(1, array);
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    if (isFastn(context, rows.getString(2))) {
                        found.add(rows.getString(1));
                    }
                }
            }
        } catch (SQLException e) {
            throw new IllegalStateException("the definitions of acquired jobs can not be read", e);
        }
        return found;
    }

    private static boolean isFastn(CommandContext context, String definitionId) {
        ProcessDefinitionEntity definition = context.getProcessEngineConfiguration()
                .getDeploymentCache()
                .findDeployedProcessDefinitionById(definitionId);
        return FastnProcess.isFastn(definition);
    }
}
