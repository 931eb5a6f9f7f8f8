package dev.xebec.simulator.kernel;

import java.lang.instrument.ClassFileTransformer;
import java.security.ProtectionDomain;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Handle;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/** Leads questions for time and chance to {@code Ambient}, in method bodies alone, so that loaded classes can be changed too. */
final class HookWriter implements ClassFileTransformer {
    private static final String AMBIENT = "dev/xebec/simulator/hook/Ambient";
    private static final String COLLECTIONS = "java/util/ImmutableCollections";
    private static final String THREAD_LOCAL_RANDOM = "java/util/concurrent/ThreadLocalRandom";
    /** Methods that ask Ambient first while a simulation runs. */
    private static final Set<String> GUARDED = Set.of("java/lang/VirtualThread.schedule", "java/util/UUID.randomUUID",
            "java/security/SecureRandom.nextBytes");
    private static final Set<String> CLOCKS = Set.of("nanoTime", "currentTimeMillis");
    private static final Set<String> SINGLE = Set.of("java/lang/VirtualThread", "java/lang/Thread", "java/util/UUID",
            "java/security/SecureRandom");

    private final Set<String> done = ConcurrentHashMap.newKeySet();

    /** @param name as in class files */
    static boolean concerns(String name) {
        return SINGLE.contains(name) || name.startsWith("java/util/concurrent/") || name.startsWith("java/time/")
                || name.startsWith(COLLECTIONS)
                || name.startsWith("dev/xebec/") && !name.startsWith("dev/xebec/simulator/hook/")
                        && !name.startsWith("dev/xebec/simulator/kernel/");
    }

    /** Another JDK may have moved what is hooked: then nothing can be trusted. */
    void requireAll() {
        Set<String> missing = new TreeSet<>(GUARDED);
        for (String name : SINGLE) {
            try {
                Class.forName(name.replace('/', '.'));
            } catch (ClassNotFoundException moved) {
                missing.add(name);
            }
        }
        missing.removeAll(done);
        if (!missing.isEmpty()) {
            throw new IllegalStateException("this JDK (" + Runtime.version() + ") cannot be simulated on: it has no "
                    + missing + "; use JDK 25");
        }
    }

    @Override
    public byte @Nullable [] transform(@Nullable ClassLoader loader, @Nullable String name,
            @Nullable Class<?> redefined, @Nullable ProtectionDomain domain, byte[] bytes) {
        if (name == null || !concerns(name)) {
            return null;
        }
        ClassReader reader = new ClassReader(bytes);
        ClassWriter writer = new ClassWriter(reader, ClassWriter.COMPUTE_MAXS);
        reader.accept(new ClassVisitor(Opcodes.ASM9, writer) {
            @Override
            public MethodVisitor visitMethod(int access, String method, String descriptor, @Nullable String signature,
                    String @Nullable [] exceptions) {
                MethodVisitor inner = super.visitMethod(access, method, descriptor, signature, exceptions);
                MethodVisitor calls = new Calls(inner, name.startsWith("dev/xebec/"));
                boolean guarded = GUARDED.contains(name + "." + method) && (access & Opcodes.ACC_ABSTRACT) == 0;
                if (guarded) {
                    done.add(name + "." + method);
                }
                return guarded ? new Guard(calls, access, method, descriptor) : calls;
            }
        }, 0);
        return writer.toByteArray();
    }

    /**
     * Calls of static questions go to Ambient; the salt of immutable collections is no accident of the start. Our code's
     * random numbers come from the simulation; the JDK's own, which spread contention, change no order.
     */
    private static final class Calls extends MethodVisitor {
        private final boolean ours;

        Calls(MethodVisitor inner, boolean ours) {
            super(Opcodes.ASM9, inner);
            this.ours = ours;
        }

        @Override
        public void visitMethodInsn(int opcode, String owner, String name, String descriptor, boolean ofInterface) {
            String called = owner + "." + name + descriptor;
            if (ours && opcode == Opcodes.INVOKEVIRTUAL && owner.equals(THREAD_LOCAL_RANDOM)) {
                super.visitMethodInsn(Opcodes.INVOKEINTERFACE, "java/util/random/RandomGenerator", name, descriptor,
                        true);
                return;
            }
            switch (called) {
                case THREAD_LOCAL_RANDOM + ".current()L" + THREAD_LOCAL_RANDOM + ";" -> {
                    if (ours) {
                        super.visitMethodInsn(opcode, AMBIENT, "random", "()Ljava/util/random/RandomGenerator;",
                                false);
                    } else {
                        super.visitMethodInsn(opcode, owner, name, descriptor, ofInterface);
                    }
                }
                case "java/lang/System.nanoTime()J", "java/lang/System.currentTimeMillis()J" ->
                    super.visitMethodInsn(opcode, AMBIENT, name, descriptor, false);
                case "java/time/Clock.currentInstant()Ljava/time/Instant;" ->
                    super.visitMethodInsn(opcode, AMBIENT, "instant", descriptor, false);
                default -> super.visitMethodInsn(opcode, owner, name, descriptor, ofInterface);
            }
        }

        /** {@code System::nanoTime} and its like. */
        @Override
        public void visitInvokeDynamicInsn(String name, String descriptor, Handle bootstrap, Object... arguments) {
            Object[] led = arguments.clone();
            for (int index = 0; index < led.length; index++) {
                if (led[index] instanceof Handle handle && handle.getOwner().equals("java/lang/System")
                        && CLOCKS.contains(handle.getName())) {
                    led[index] = new Handle(handle.getTag(), AMBIENT, handle.getName(), handle.getDesc(), false);
                }
            }
            super.visitInvokeDynamicInsn(name, descriptor, bootstrap, led);
        }

        @Override
        public void visitFieldInsn(int opcode, String owner, String name, String descriptor) {
            if (opcode == Opcodes.GETSTATIC && owner.equals(COLLECTIONS) && name.equals("SALT32L")) {
                super.visitLdcInsn(0x5EA5_5A17L);
            } else if (opcode == Opcodes.GETSTATIC && owner.equals(COLLECTIONS) && name.equals("REVERSE")) {
                super.visitInsn(Opcodes.ICONST_0);
            } else {
                super.visitFieldInsn(opcode, owner, name, descriptor);
            }
        }
    }

    /** {@code if (Ambient.simulated()) return Ambient.same(arguments);} before everything else. */
    private static final class Guard extends MethodVisitor {
        private final boolean ofObject;
        private final String hook;
        private final String descriptor;

        Guard(MethodVisitor inner, int access, String method, String descriptor) {
            super(Opcodes.ASM9, inner);
            ofObject = (access & Opcodes.ACC_STATIC) == 0;
            hook = method;
            this.descriptor = descriptor;
        }

        @Override
        public void visitCode() {
            super.visitCode();
            Label real = new Label();
            visitMethodInsn(Opcodes.INVOKESTATIC, AMBIENT, "simulated", "()Z", false);
            visitJumpInsn(Opcodes.IFEQ, real);
            int slot = ofObject ? 1 : 0;
            for (Type argument : Type.getArgumentTypes(descriptor)) {
                visitVarInsn(argument.getOpcode(Opcodes.ILOAD), slot);
                slot += argument.getSize();
            }
            visitMethodInsn(Opcodes.INVOKESTATIC, AMBIENT, hook, descriptor, false);
            visitInsn(Type.getReturnType(descriptor).getOpcode(Opcodes.IRETURN));
            visitLabel(real);
            visitFrame(Opcodes.F_SAME, 0, null, 0, null);
        }
    }
}
