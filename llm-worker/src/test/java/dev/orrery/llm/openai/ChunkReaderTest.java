package dev.orrery.llm.openai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.orrery.llm.http.ServerEvent;
import dev.orrery.llm.model.FinishReason;
import dev.orrery.llm.model.ModelChunk;
import dev.orrery.llm.model.ModelFailure;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

/** What the servers of this family send, each in its own dialect. */
class ChunkReaderTest {

    private static final JsonMapper JSON =
            JsonMapper.builder()
                    .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
                    .build();

    private final ChunkReader reader =
            new ChunkReader(JSON, new Failures(JSON, Clock.systemUTC()), false);

    @Test
    void doesNotTakeTheRoleForText() {
        // when
        var chunks =
                read(
                        "{'choices':[{'index':0,'delta':{'role':'assistant','content':''}}],'obfuscation':'Qup1B'}");

        // then
        assertThat(chunks).isEmpty();
    }

    @Test
    void readsUsageThatRidesOnTheFinishAsMistralsDoes() {
        // when
        var chunks =
                read(
                        "{'choices':[{'index':0,'delta':{'content':''},'finish_reason':'stop'}],"
                                + "'usage':{'prompt_tokens':31,'total_tokens':45,'completion_tokens':14}}");

        // then
        assertThat(chunks)
                .containsExactly(
                        new ModelChunk.Finished(FinishReason.STOP),
                        new ModelChunk.Usage(31, 14, null, null));
    }

    @Test
    void readsWhatOfTheUsageWasCachedAndReasoned() {
        // when
        var chunks =
                read(
                        "{'choices':[],'usage':{'prompt_tokens':31,'completion_tokens':14,"
                                + "'prompt_tokens_details':{'cached_tokens':16},"
                                + "'completion_tokens_details':{'reasoning_tokens':8}}}");

        // then
        assertThat(chunks).containsExactly(new ModelChunk.Usage(31, 14, 16L, 8L));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'choices':[],'usage':null}",
                "{'choices':[],'usage':{'prompt_tokens':31}}",
                "{}"
            })
    void doesNotTakeUnknownUsageForZero(String data) {
        // when
        var chunks = read(data);

        // then
        assertThat(chunks).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"reasoning_content", "reasoning"})
    void keepsWhatAModelThinksApart(String field) {
        // when
        var chunks = read("{'choices':[{'index':0,'delta':{'" + field + "':'Well'}}]}");

        // then
        assertThat(chunks).containsExactly(new ModelChunk.ReasoningDelta("Well"));
    }

    @Test
    void readsToolCallsAlsoWithoutAnIndex() {
        // when
        var chunks =
                read(
                        "{'choices':[{'index':0,'delta':{'content':null,'tool_calls':["
                                + "{'id':'g1','function':{'name':'get_weather','arguments':'{}'}},"
                                + "{'index':1,'function':{'arguments':'x'}}]}}]}");

        // then
        assertThat(chunks)
                .containsExactly(
                        new ModelChunk.ToolFragment(0, "g1", "get_weather", "{}"),
                        new ModelChunk.ToolFragment(1, null, null, "x"));
    }

    @Test
    void tellsIdAndNameOfACallOnceThoughTheServerRepeatsThem() {
        // given
        read(call("'index':0,'id':'c1','function':{'name':'get_weather','arguments':'{'}"));

        // when
        var chunks =
                new ArrayList<>(
                        read(call("'index':0,'id':'c1','function':{'name':'','arguments':'a'}")));
        chunks.addAll(
                read(
                        call(
                                "'index':0,'id':'c1','function':{'name':'get_weather','arguments':'}'}")));

        // then
        assertThat(chunks)
                .containsExactly(
                        new ModelChunk.ToolFragment(0, null, null, "a"),
                        new ModelChunk.ToolFragment(0, null, null, "}"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "'index':0,"})
    void keepsCallsApartThatComeWithoutAnIndexOrAllWithOne(String index) {
        // when
        var chunks =
                new ArrayList<>(
                        read(call(index + "'id':'a','function':{'name':'f','arguments':'{}'}")));
        chunks.addAll(read(call(index + "'id':'b','function':{'name':'g','arguments':'{'}")));
        chunks.addAll(read(call(index + "'function':{'arguments':'}'}")));

        // then
        assertThat(chunks)
                .containsExactly(
                        new ModelChunk.ToolFragment(0, "a", "f", "{}"),
                        new ModelChunk.ToolFragment(1, "b", "g", "{"),
                        new ModelChunk.ToolFragment(1, null, null, "}"));
    }

    private static String call(String fields) {
        return "{'choices':[{'index':0,'delta':{'tool_calls':[{" + fields + "}]}}]}";
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'choices':[null]}",
                "{'choices':[{'delta':null}]}",
                "{'choices':[{'delta':{'content':null,'tool_calls':[null]}}]}"
            })
    void passesOverWhatIsThereAndEmpty(String data) {
        // when
        var chunks = read(data);

        // then
        assertThat(chunks).isEmpty();
    }

    @Test
    void readsTheFirstChoiceAlone() {
        // when
        var chunks =
                read(
                        "{'choices':[{'index':1,'delta':{'content':'B'}},{'index':0,'delta':{'content':'A'}}]}");

        // then
        assertThat(chunks).containsExactly(new ModelChunk.TextDelta("A"));
    }

    @ParameterizedTest
    @CsvSource({
        "stop, STOP",
        "length, LENGTH",
        "model_length, LENGTH",
        "tool_calls, TOOL",
        "function_call, TOOL",
        "content_filter, FILTERED",
        "error, ERROR",
        "insufficient_system_resource, ERROR",
        "tired, ERROR"
    })
    void knowsWhyAModelStopped(String wire, FinishReason reason) {
        // when
        var chunks = read("{'choices':[{'index':0,'delta':{},'finish_reason':'" + wire + "'}]}");

        // then
        assertThat(chunks).containsExactly(new ModelChunk.Finished(reason));
    }

    @Test
    void takesAnUnknownReasonForARegularStopWhereThereIsText() {
        // given
        read("{'choices':[{'index':0,'delta':{'content':'Good day.'}}]}");

        // when
        var chunks = read("{'choices':[{'index':0,'delta':{},'finish_reason':'tired'}]}");

        // then
        assertThat(chunks).containsExactly(new ModelChunk.Finished(FinishReason.STOP));
    }

    @Test
    void failsWhenTheModelDeclines() {
        // when / then
        assertThatThrownBy(() -> read("{'choices':[{'index':0,'delta':{'refusal':'I cannot'}}]}"))
                .isInstanceOf(ModelFailure.ContentFiltered.class);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'error':{'message':'m','type':'server_error','code':null}}           | ServerError",
                "{'error':{'message':'m','code':429}}                                  | RateLimited",
                "{'error':{'message':'m','code':502}}                                  | ServerError",
                "{'error':{'code':'server_error','message':'Provider disconnected'},'choices':[{'index':0,'delta':{'content':''},'finish_reason':'error'}]} | ServerError",
                "{'error':{'message':'m','type':'rate_limit_error'}}                   | RateLimited",
                "{'error':{'message':'m','type':'overloaded_error'}}                   | Overloaded",
                "{'error':{'message':'m','type':'insufficient_quota'}}                 | QuotaExhausted",
                "{'error':{'message':'m','type':'invalid_request_error'}}              | RejectedInput",
                "{'error':{'message':'m','code':'context_length_exceeded'}}            | ContextTooLong",
                "{'error':{'message':'m','code':'InputTextSensitiveContentDetected'}}  | ContentFiltered",
                "{'error':'out of memory'}                                             | ServerError"
            })
    void knowsAnErrorInTheStream(String data, String failure) {
        // when / then
        assertThatThrownBy(() -> read(data))
                .isInstanceOf(ModelFailure.class)
                .extracting(thrown -> thrown.getClass().getSimpleName())
                .isEqualTo(failure);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "null", "[]", "hello", "{'choices':[", "{'choices':7}"})
    void refusesWhatIsNoChunk(String data) {
        // when / then
        assertThatThrownBy(() -> read(data)).isInstanceOf(ModelFailure.MalformedResponse.class);
    }

    @Test
    void failsOnANamedErrorEvent() {
        // when / then
        assertThatThrownBy(() -> reader.read(new ServerEvent("error", "{}")))
                .isInstanceOf(ModelFailure.ServerError.class);
    }

    @Test
    void readsNothingFromTheEndMarker() {
        // when
        var chunks = reader.read(new ServerEvent("message", " [DONE] "));

        // then
        assertThat(chunks).isEmpty();
    }

    @Test
    void takesAnUnknownReasonForARegularStopWhereAToolIsCalled() {
        // given
        read(call("'index':0,'id':'c1','function':{'name':'now','arguments':'{}'}"));

        // when
        var chunks = read("{'choices':[{'index':0,'delta':{},'finish_reason':'tired'}]}");

        // then
        assertThat(chunks).containsExactly(new ModelChunk.Finished(FinishReason.STOP));
    }

    @Test
    void takesAnEmptyReasonForNone() {
        // when
        var chunks = read("{'choices':[{'index':0,'delta':{'content':'Hi'},'finish_reason':''}]}");

        // then
        assertThat(chunks).containsExactly(new ModelChunk.TextDelta("Hi"));
    }

    @Test
    void readsTextsAndThoughtsOfAListOfPartsAsMistralsReasoningModelsWriteIt() {
        // when
        var chunks =
                read(
                        "{'choices':[{'index':0,'delta':{'content':["
                                + "{'type':'thinking','thinking':[{'type':'text','text':'Hm.'}]},"
                                + "{'type':'reference','reference_ids':[1]},"
                                + "{'type':'text','text':'Yes.'}]}}]}");

        // then
        assertThat(chunks)
                .containsExactly(
                        new ModelChunk.ReasoningDelta("Hm."), new ModelChunk.TextDelta("Yes."));
    }

    private List<ModelChunk> read(String data) {
        return reader.read(new ServerEvent("message", data.replace('\'', '"')));
    }
}
